import type { MyAccountWords, SpentLinkWords } from './en.ts';

const undoEnds: SpentLinkWords = {
  unknown: {
    title: 'Ce lien ne fonctionne pas',
    sentences: [
      'Le serveur ne le connaît pas, ou ne le connaît plus. Connectez-vous à Mon compte pour voir comment vous êtes joint.',
    ],
  },
  expired: {
    title: 'Il est trop tard pour annuler ici',
    sentences: [
      'Le lien était valable un jour. Connectez-vous à Mon compte et changez-y comment vous êtes joint.',
    ],
  },
  used: {
    title: 'C’est déjà annulé',
    sentences: [
      'Le lien ne sert qu’une fois. Connectez-vous à Mon compte pour voir comment vous êtes joint.',
    ],
  },
  broken: {
    title: 'Le lien est incomplet',
    sentences: [
      'Une partie s’est perdue en route. Copiez le lien entier depuis le message, jusqu’au dernier caractère.',
    ],
  },
  missing: {
    title: 'Ouvrez le lien du message',
    sentences: ['Un changement s’annule avec le lien du message qui vous en a informé.'],
  },
};

const invitationEnds: SpentLinkWords = {
  unknown: {
    title: 'Cette invitation ne fonctionne pas',
    sentences: [
      'Le serveur ne la connaît pas, ou ne la connaît plus. Demandez-en une nouvelle à la personne qui le gère.',
    ],
  },
  expired: {
    title: 'Cette invitation a expiré',
    sentences: [
      'Une invitation est valable quelques jours. Demandez-en une nouvelle à la personne qui gère le serveur.',
    ],
  },
  used: {
    title: 'Cette invitation a déjà servi',
    sentences: [
      'Elle ne sert qu’une fois. Si ce n’était pas vous, prévenez la personne qui gère le serveur.',
      'Vous pouvez changer à tout moment comment vous êtes joint\u00a0: connectez-vous à Mon compte.',
    ],
  },
  broken: {
    title: 'L’invitation est incomplète',
    sentences: [
      'Une partie du lien s’est perdue en route. Copiez le lien entier, jusqu’au dernier caractère.',
    ],
  },
  missing: {
    title: 'Ouvrez le lien de votre invitation',
    sentences: ['Cette page a besoin du lien que vous a donné la personne qui gère le serveur.'],
  },
};

/** Words of My Account and of the pages that belong to it, in French. */
export const myAccount: MyAccountWords = {
  title: 'Mon compte',
  opening: 'Un instant…',
  mail: 'E-mail',
  reachesBy: 'Ce serveur peut envoyer des messages par\u00a0:',
  password: 'Votre mot de passe',
  back: 'Annuler',
  working: 'Un instant…',
  signIn: {
    title: 'Se connecter à Mon compte',
    lead: 'Voyez et changez comment vous êtes joint, et changez votre mot de passe.',
    password: 'Mot de passe',
    empty: 'Saisissez votre nom d’utilisateur.',
    working: 'Connexion…',
    notHandedOver: 'Jellyfin n’a pas pu vous connecter ici. Connectez-vous ci-dessous.',
    signedOff: 'Vous êtes déconnecté de cette page.',
  },
  quickConnect: {
    open: 'Se connecter avec Quick Connect',
    lead: 'Sur un appareil connecté à Jellyfin, ouvrez Quick Connect dans les paramètres et saisissez ce code\u00a0:',
    waiting: 'En attente de la saisie du code. Il est valable dix minutes.',
    again: 'Obtenir un nouveau code',
  },
  contacts: {
    title: 'Comment vous êtes joint',
    lead: 'Les messages essaient ces moyens dans cet ordre.',
    none: 'Nous ne pouvons pas encore vous joindre. Sans cela, pas de nouveau mot de passe si vous oubliez le vôtre.',
    verified: 'Confirmé',
    unverified: 'Pas encore confirmé',
    refused: 'Ne fonctionne plus\u00a0: remplacez-le',
    up: 'Monter',
    down: 'Descendre',
    replace: 'Remplacer',
    remove: 'Retirer',
    add: 'Ajouter',
    addTitle: 'Autres moyens de vous joindre',
    moved: 'L’ordre est changé.',
    saved: 'C’est ainsi que vous êtes joint désormais.',
    removed: 'C’est retiré. L’adresse retirée en est informée.',
  },
  linking: {
    addTitle: 'Ajouter un moyen de vous joindre',
    replaceTitle: 'Remplacer un moyen de vous joindre',
    mailAddress: 'Adresse e-mail',
    address: 'Adresse',
    emptyAddress: 'Saisissez l’adresse.',
    whyPassword:
      'Votre mot de passe encore une fois, pour que personne d’autre ne change comment vous êtes joint.',
    sendCode: 'M’envoyer un code',
    getCode: 'Afficher un code',
    codeSent: 'Un code est en route vers vous. Il est valable dix minutes.',
    code: 'Code reçu',
    emptyCode: 'Saisissez le code du message.',
    confirm: 'Confirmer',
    noCode: 'Recommencer',
    sendToBot: 'Envoyez ce code à\u00a0:',
    openBot: 'Ouvrir avec le code',
    connect: 'Se connecter à Discord',
    notConnected: 'Rien n’a été associé, car l’accès n’y a pas été autorisé. Vous pouvez réessayer.',
    scan: 'Ou scannez ceci avec votre téléphone\u00a0:',
    qr: 'Code QR avec le même lien',
    waiting: 'En attente de votre message. Le code est valable dix minutes.',
  },
  removing: {
    title: 'Retirer un moyen de vous joindre',
    last: 'C’est le seul\u00a0: sans lui, pas de nouveau mot de passe si vous oubliez le vôtre.',
    submit: 'Retirer maintenant',
  },
  language: {
    title: 'Langue des messages',
    label: 'Langue',
    browser: 'Celle du navigateur ou de l’application',
    submit: 'Enregistrer la langue',
    saved: 'La langue est enregistrée.',
  },
  passwords: {
    title: 'Mot de passe',
    open: 'Changer le mot de passe',
    elsewhere: 'Un autre système garde le mot de passe de ce compte, pas Jellyfin. Changez-le là-bas.',
    current: 'Mot de passe actuel',
    submit: 'Changer le mot de passe',
    done: {
      title: 'Votre nouveau mot de passe est enregistré',
      sentences: [
        'Vous êtes déconnecté partout. Connectez-vous avec le nouveau mot de passe sur chacun de vos appareils.',
      ],
    },
    signInAgain: 'Se reconnecter à Mon compte',
  },
  events: {
    title: 'Ce qui s’est passé récemment',
    none: 'Rien pour l’instant.',
    home: 'réseau domestique',
    more: 'Tout afficher',
    words: {
      'account-signed-in': 'Une connexion à Mon compte',
      'login-failed': 'Une connexion avec un mauvais mot de passe',
      'login-held': 'Des connexions ont été retenues après trop de mauvais mots de passe',
      'account-unlocked': 'Votre compte a été débloqué',
      'message-sent': 'Un message vous a été envoyé',
      'link-made': 'Un administrateur a créé un lien pour un nouveau mot de passe',
      'pin-accepted': 'Un code PIN a été saisi',
      'password-changed': 'Votre mot de passe a été changé',
      'password-not-changed': 'Un nouveau mot de passe n’a pas pu être enregistré',
      'contact-added': 'Un moyen de vous joindre a été ajouté',
      'contact-changed': 'Un moyen de vous joindre a été remplacé',
      'contact-verified': 'Un moyen de vous joindre a été confirmé',
      'contact-removed': 'Un moyen de vous joindre a été retiré',
      'contact-undone': 'Un changement de la façon de vous joindre a été annulé',
      'contact-refused': 'Un moyen de vous joindre ne fonctionne plus',
      'invitation-made': 'Un administrateur a créé une invitation pour vous',
      'devices-signed-out': 'Des appareils ont été déconnectés',
    },
  },
  devices: {
    title: 'Appareils connectés',
    none: 'Aucun appareil n’est connecté.',
    unknown: 'On ne peut pas savoir ici quels appareils sont connectés.',
    lastSeen: 'Vu en dernier\u00a0:',
    signOut: 'Déconnecter',
    all: 'Déconnecter tous les appareils',
    signedOut: 'L’appareil est déconnecté.',
    allSignedOut: 'Tous les appareils sont déconnectés.',
  },
  signOff: 'Se déconnecter de cette page',
  undo: {
    title: 'Annuler ce changement',
    sentences: [
      'Un moyen de joindre ce compte a été remplacé ou retiré. Si ce n’était pas vous, annulez-le ici.',
      'L’ancien compte alors de nouveau, le nouveau est bloqué, et tout le monde est déconnecté de Mon compte.',
    ],
    submit: 'Annuler le changement',
    working: 'Annulation…',
    done: {
      title: 'Le changement est annulé',
      sentences: [
        'Vous êtes joint comme avant. Plus personne n’est connecté à Mon compte.',
        'Quelqu’un connaissait votre mot de passe\u00a0: choisissez-en un nouveau maintenant.',
      ],
    },
    newPassword: 'Choisir un nouveau mot de passe',
    ends: undoEnds,
  },
  invitation: {
    title: 'Dites comment vous joindre',
    lead: 'Vous recevez ainsi un message si vous oubliez votre mot de passe. Rien d’autre n’est changé.',
    choose: 'Comment voulez-vous être joint\u00a0?',
    none: 'Ce serveur ne peut pas envoyer de messages pour le moment. Prévenez la personne qui le gère.',
    done: {
      title: 'C’est tout',
      sentences: [
        'Vous recevez désormais un message pour choisir un nouveau mot de passe si vous oubliez le vôtre.',
      ],
    },
    ends: invitationEnds,
  },
  account: 'Compte',
  server: 'sur',
  checkFailed: 'Le lien n’a pas pu être vérifié',
  toMyAccount: 'Aller à Mon compte',
};
