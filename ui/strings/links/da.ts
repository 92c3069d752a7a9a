import type { Words } from '../words.ts';
import type { SpentLinkWords } from './en.ts';

// Read by a native speaker: no.

/** What is said of the link that undoes a change. */
export const undoEnds: SpentLinkWords = {
  unknown: {
    title: 'Dette link virker ikke',
    sentences: [
      'Denne server kender det ikke, eller ikke længere. Log ind på Min konto for at se, hvordan vi når dig.',
    ],
  },
  expired: {
    title: 'Det er for sent at fortryde det her',
    sentences: ['Linket gjaldt i et døgn. Log ind på Min konto, og ændr dér, hvordan vi når dig.'],
  },
  used: {
    title: 'Det er allerede fortrudt',
    sentences: ['Linket virker én gang. Log ind på Min konto for at se, hvordan vi når dig.'],
  },
  broken: {
    title: 'Linket er ikke komplet',
    sentences: ['En del af det gik tabt undervejs. Kopier hele linket fra beskeden, helt til slutningen.'],
  },
  missing: {
    title: 'Åbn linket fra beskeden',
    sentences: ['En ændring fortrydes med linket i den besked, der fortalte dig om den.'],
  },
};

/** What is said of an invitation. */
export const invitationEnds: SpentLinkWords = {
  unknown: {
    title: 'Denne invitation virker ikke',
    sentences: ['Denne server kender den ikke, eller ikke længere. Bed den, der driver serveren, om en ny.'],
  },
  expired: {
    title: 'Denne invitation er udløbet',
    sentences: ['En invitation gælder i nogle dage. Bed den, der driver serveren, om en ny.'],
  },
  used: {
    title: 'Denne invitation er allerede brugt',
    sentences: [
      'Den virker én gang. Hvis det ikke var dig, så sig det til den, der driver serveren.',
      'Du kan altid ændre, hvordan vi når dig: log ind på Min konto.',
    ],
  },
  broken: {
    title: 'Invitationen er ikke komplet',
    sentences: ['En del af linket gik tabt undervejs. Kopier hele linket, helt til slutningen.'],
  },
  missing: {
    title: 'Åbn linket i din invitation',
    sentences: ['Denne side har brug for det link, du fik af den, der driver serveren.'],
  },
};

const over: Words = {
  title: 'Linket virker ikke mere',
  sentences: [
    'Det virker i en uge, og kun så længe adressen er den samme. Vil du kunne nås her, så spørg den, der driver serveren.',
  ],
};

/** What is said of the link of "is this you?". */
export const confirmationEnds: SpentLinkWords = {
  unknown: over,
  expired: over,
  used: { title: 'Det er allerede besvaret', sentences: undoEnds.used.sentences },
  broken: undoEnds.broken,
  missing: {
    title: undoEnds.missing.title,
    sentences: ['Denne side skal bruge linket fra den besked, du har fået.'],
  },
};

/** What whoever can be reached from now on is told. */
export const invitationDone: Words = {
  title: 'Det var det hele',
  sentences: ['Fra nu af får du en besked, som du vælger en ny adgangskode med, hvis du glemmer din.'],
};
