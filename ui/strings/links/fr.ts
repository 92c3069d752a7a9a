import type { Words } from '../words.ts';
import type { SpentLinkWords } from './en.ts';

/** What is said of the link that undoes a change. */
export const undoEnds: SpentLinkWords = {
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

/** What is said of an invitation. */
export const invitationEnds: SpentLinkWords = {
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

const over: Words = {
  title: 'Ce lien ne fonctionne plus',
  sentences: [
    'Il vaut une semaine, et seulement tant que l’adresse reste la même. Pour être joignable ici, demandez à la personne qui gère le serveur.',
  ],
};

/** What is said of the link of "is this you?". */
export const confirmationEnds: SpentLinkWords = {
  unknown: over,
  expired: over,
  used: { title: 'Vous avez déjà répondu', sentences: undoEnds.used.sentences },
  broken: undoEnds.broken,
  missing: {
    title: undoEnds.missing.title,
    sentences: ['Cette page a besoin du lien du message qui vous a été envoyé.'],
  },
};

/** What whoever can be reached from now on is told. */
export const invitationDone: Words = {
  title: 'C’est tout',
  sentences: [
    'Vous recevez désormais un message pour choisir un nouveau mot de passe si vous oubliez le vôtre.',
  ],
};
