import type { Words } from '../words.ts';
import type { SpentLinkWords } from './en.ts';

// Read by a native speaker: no.

/** What is said of the link that undoes a change. */
export const undoEnds: SpentLinkWords = {
  unknown: {
    title: 'Deze link werkt niet',
    sentences: [
      'Deze server kent hem niet, of niet meer. Meld je aan bij Mijn account om te zien hoe je bereikt wordt.',
    ],
  },
  expired: {
    title: 'Het is te laat om dit hier ongedaan te maken',
    sentences: ['De link werkte een dag. Meld je aan bij Mijn account en wijzig daar hoe je bereikt wordt.'],
  },
  used: {
    title: 'Dit is al ongedaan gemaakt',
    sentences: ['De link werkt één keer. Meld je aan bij Mijn account om te zien hoe je bereikt wordt.'],
  },
  broken: {
    title: 'De link is niet volledig',
    sentences: [
      'Onderweg is een deel verloren gegaan. Kopieer de hele link uit het bericht, tot het allerlaatste teken.',
    ],
  },
  missing: {
    title: 'Open de link uit het bericht',
    sentences: ['Een wijziging maak je ongedaan met de link in het bericht waarin ze je werd gemeld.'],
  },
};

/** What is said of an invitation. */
export const invitationEnds: SpentLinkWords = {
  unknown: {
    title: 'Deze uitnodiging werkt niet',
    sentences: ['Deze server kent haar niet, of niet meer. Vraag een nieuwe aan wie de server beheert.'],
  },
  expired: {
    title: 'Deze uitnodiging is verlopen',
    sentences: ['Een uitnodiging werkt een paar dagen. Vraag een nieuwe aan wie de server beheert.'],
  },
  used: {
    title: 'Deze uitnodiging is al gebruikt',
    sentences: [
      'Ze werkt één keer. Was jij dat niet, meld het dan aan wie de server beheert.',
      'Je kunt altijd wijzigen hoe je bereikt wordt: meld je aan bij Mijn account.',
    ],
  },
  broken: {
    title: 'De uitnodiging is niet volledig',
    sentences: [
      'Onderweg is een deel van de link verloren gegaan. Kopieer de hele link, tot het allerlaatste teken.',
    ],
  },
  missing: {
    title: 'Open de link van je uitnodiging',
    sentences: ['Deze pagina heeft de link nodig die je kreeg van wie de server beheert.'],
  },
};

const over: Words = {
  title: 'Deze link werkt niet meer',
  sentences: [
    'Hij werkt een week, en alleen zolang het adres hetzelfde blijft. Wil je hier bereikt worden, vraag het dan aan wie de server beheert.',
  ],
};

/** What is said of the link of "is this you?". */
export const confirmationEnds: SpentLinkWords = {
  unknown: over,
  expired: over,
  used: { title: 'Dit is al beantwoord', sentences: undoEnds.used.sentences },
  broken: undoEnds.broken,
  missing: {
    title: undoEnds.missing.title,
    sentences: ['Deze pagina heeft de link nodig uit het bericht dat je hebt gekregen.'],
  },
};

/** What whoever can be reached from now on is told. */
export const invitationDone: Words = {
  title: 'Dat is alles',
  sentences: [
    'Vanaf nu krijg je een bericht waarmee je een nieuw wachtwoord kiest, mocht je het jouwe vergeten.',
  ],
};
