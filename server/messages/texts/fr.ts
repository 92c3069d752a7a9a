import type { Texts } from './en.ts';

/** French words of the messages. */
export const fr: Texts = {
  greeting: (userName) => `Bonjour ${userName},`,
  hours: (count) => `${count} ${count === 1 ? 'heure' : 'heures'}`,
  minutes: (count) => `${count} ${count === 1 ? 'minute' : 'minutes'}`,
  and: 'et',
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
  resetPin: {
    subject: (serverName) => `Votre code PIN pour ${serverName}`,
    asked: (serverName, userName) =>
      `Un nouveau mot de passe a été demandé pour l’utilisateur « ${userName} » sur ${serverName}. Si c’était vous, saisissez ce code PIN sur la page qui le demande :`,
    where: 'Si cette page est fermée, ouvrez cette adresse et saisissez-y le code PIN :',
    lifetime: (span) =>
      `Le code PIN fonctionne pendant ${span}, au plus tard jusqu’au choix d’un nouveau mot de passe.`,
    notYou:
      'Si vous n’avez rien demandé, vous pouvez ignorer ce message. Votre mot de passe reste inchangé, et personne ne peut le modifier sans ce code PIN. Ne le donnez à personne, pas même à la personne qui gère le serveur.',
  },
  resetPinLink: {
    action: 'Utiliser le code PIN et choisir un mot de passe',
    typed: 'Ou saisissez vous-même le code PIN là où il est demandé :',
  },
  accountElsewhere: {
    subject: (serverName) => `Votre mot de passe pour ${serverName} n’y est pas conservé`,
    asked: (serverName, userName) =>
      `Un nouveau mot de passe a été demandé pour l’utilisateur « ${userName} » sur ${serverName}.`,
    elsewhere: (serverName) =>
      `Vous vous y connectez avec le compte d’un autre service : ${serverName} ne peut donc pas changer son mot de passe. Changez-le là d’où vient ce compte.`,
    action: 'Aller à l’autre service',
    askAdministrator: 'Si vous ne savez pas où cela se trouve, demandez à la personne qui gère le serveur.',
    notYou: 'Si vous n’avez rien demandé, vous pouvez ignorer ce message. Rien n’a été modifié.',
  },
  accountDisabled: {
    subject: (serverName) => `Votre compte sur ${serverName} est désactivé`,
    disabled: (serverName) =>
      `L’administration de ${serverName} a désactivé ce compte. Elle seule peut le rouvrir, et d’ici là aucun nouveau mot de passe ne peut être choisi : adressez-vous à elle.`,
  },
  passwordChanged: {
    subject: (serverName) => `Votre mot de passe pour ${serverName} a été modifié`,
    changed: (serverName, when) => `Votre mot de passe pour ${serverName} a été modifié : ${when}.`,
    sessions: 'Tous les appareils ont été déconnectés. Reconnectez-vous avec le nouveau mot de passe.',
    notYou:
      'Si ce n’était pas vous, quelqu’un a peut-être accès à votre boîte aux lettres : sécurisez-la d’abord, puis demandez de nouveau un mot de passe et prévenez la personne qui gère le serveur.',
  },
};
