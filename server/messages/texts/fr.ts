import type { Texts } from './en.ts';

/** French words of the messages. */
export const fr: Texts = {
  greeting: (userName) => `Bonjour ${userName},`,
  resetLink: {
    subject: (serverName) => `Choisissez un nouveau mot de passe pour ${serverName}`,
    asked: (serverName, userName) =>
      `Un nouveau mot de passe a été demandé pour l’utilisateur « ${userName} » sur ${serverName}. Si c’était vous, choisissez-le ici :`,
    action: 'Choisir un nouveau mot de passe',
    fallback: 'Si le bouton ne fonctionne pas, ouvrez cette adresse dans un navigateur :',
    lifetime: (span) => `Le lien fonctionne une seule fois, pendant ${span}.`,
    notYou:
      'Si vous n’avez rien demandé, vous pouvez ignorer ce message. Votre mot de passe reste inchangé, et personne ne peut le modifier sans ce lien.',
  },
  passwordChanged: {
    subject: (serverName) => `Votre mot de passe pour ${serverName} a été modifié`,
    changed: (serverName, when) => `Votre mot de passe pour ${serverName} a été modifié : ${when}.`,
    sessions: 'Tous les appareils ont été déconnectés. Reconnectez-vous avec le nouveau mot de passe.',
    notYou:
      'Si ce n’était pas vous, quelqu’un a peut-être accès à votre boîte aux lettres : sécurisez-la d’abord, puis demandez de nouveau un mot de passe et prévenez la personne qui gère le serveur.',
  },
};
