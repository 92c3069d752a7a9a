import type { Words } from '../words.ts';
import type { SpentLinkWords } from './en.ts';

/** What is said of the link that undoes a change. */
export const undoEnds: SpentLinkWords = {
  unknown: {
    title: 'Dieser Link funktioniert nicht',
    sentences: [
      'Der Server kennt ihn nicht oder nicht mehr. Melde dich bei „Mein Konto“ an und sieh nach, wie du erreicht wirst.',
    ],
  },
  expired: {
    title: 'Hier lässt sich das nicht mehr rückgängig machen',
    sentences: [
      'Der Link galt einen Tag. Melde dich bei „Mein Konto“ an und ändere dort, wie du erreicht wirst.',
    ],
  },
  used: {
    title: 'Das ist schon rückgängig gemacht',
    sentences: ['Der Link gilt einmal. Melde dich bei „Mein Konto“ an und sieh nach, wie du erreicht wirst.'],
  },
  broken: {
    title: 'Der Link ist nicht vollständig',
    sentences: [
      'Ein Teil davon ist unterwegs verloren gegangen. Kopiere den ganzen Link aus der Nachricht, bis zum letzten Zeichen.',
    ],
  },
  missing: {
    title: 'Öffne den Link aus der Nachricht',
    sentences: [
      'Eine Änderung machst du mit dem Link aus der Nachricht rückgängig, die dir davon berichtet hat.',
    ],
  },
};

/** What is said of an invitation. */
export const invitationEnds: SpentLinkWords = {
  unknown: {
    title: 'Diese Einladung funktioniert nicht',
    sentences: [
      'Der Server kennt sie nicht oder nicht mehr. Bitte die Person, die ihn betreibt, um eine neue.',
    ],
  },
  expired: {
    title: 'Diese Einladung ist abgelaufen',
    sentences: ['Eine Einladung gilt einige Tage. Bitte die Person, die den Server betreibt, um eine neue.'],
  },
  used: {
    title: 'Diese Einladung wurde schon benutzt',
    sentences: [
      'Sie gilt einmal. Warst du das nicht, sag der Person Bescheid, die den Server betreibt.',
      'Wie du erreicht wirst, kannst du jederzeit ändern: Melde dich bei „Mein Konto“ an.',
    ],
  },
  broken: {
    title: 'Die Einladung ist nicht vollständig',
    sentences: [
      'Ein Teil des Links ist unterwegs verloren gegangen. Kopiere den ganzen Link bis zum letzten Zeichen.',
    ],
  },
  missing: {
    title: 'Öffne den Link deiner Einladung',
    sentences: ['Diese Seite braucht den Link, den dir die Person gegeben hat, die den Server betreibt.'],
  },
};

const over: Words = {
  title: 'Dieser Link funktioniert nicht mehr',
  sentences: [
    'Er gilt eine Woche, und nur solange die Adresse dieselbe bleibt. Möchtest du weiterhin hier erreicht werden, frag die Person, die den Server betreibt.',
  ],
};

/** What is said of the link of "is this you?". */
export const confirmationEnds: SpentLinkWords = {
  unknown: over,
  expired: over,
  used: { title: 'Das ist schon beantwortet', sentences: undoEnds.used.sentences },
  broken: undoEnds.broken,
  missing: {
    title: undoEnds.missing.title,
    sentences: ['Diese Seite braucht den Link aus der Nachricht, die du bekommen hast.'],
  },
};

/** What whoever can be reached from now on is told. */
export const invitationDone: Words = {
  title: 'Das war alles',
  sentences: [
    'Von jetzt an bekommst du eine Nachricht, mit der du ein neues Passwort wählst, falls du deines vergisst.',
  ],
};
