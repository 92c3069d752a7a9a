import type { Words } from '../words.ts';
import type { SpentLinkWords } from './en.ts';

// Read by a native speaker: no.

/** What is said of the link that undoes a change. */
export const undoEnds: SpentLinkWords = {
  unknown: {
    title: 'Denne lenken virker ikke',
    sentences: [
      'Denne serveren kjenner den ikke, eller ikke lenger. Logg på Min konto for å se hvordan vi når deg.',
    ],
  },
  expired: {
    title: 'Det er for sent å angre dette her',
    sentences: ['Lenken gjaldt i ett døgn. Logg på Min konto og endre der hvordan vi når deg.'],
  },
  used: {
    title: 'Dette er allerede angret',
    sentences: ['Lenken virker én gang. Logg på Min konto for å se hvordan vi når deg.'],
  },
  broken: {
    title: 'Lenken er ikke fullstendig',
    sentences: ['En del av den gikk tapt underveis. Kopier hele lenken fra meldingen, helt til slutten.'],
  },
  missing: {
    title: 'Åpne lenken fra meldingen',
    sentences: ['En endring angres med lenken i meldingen som fortalte deg om den.'],
  },
};

/** What is said of an invitation. */
export const invitationEnds: SpentLinkWords = {
  unknown: {
    title: 'Denne invitasjonen virker ikke',
    sentences: ['Denne serveren kjenner den ikke, eller ikke lenger. Be den som driver serveren, om en ny.'],
  },
  expired: {
    title: 'Denne invitasjonen er utløpt',
    sentences: ['En invitasjon gjelder i noen dager. Be den som driver serveren, om en ny.'],
  },
  used: {
    title: 'Denne invitasjonen er allerede brukt',
    sentences: [
      'Den virker én gang. Hvis det ikke var deg, sier du fra til den som driver serveren.',
      'Du kan når som helst endre hvordan vi når deg: logg på Min konto.',
    ],
  },
  broken: {
    title: 'Invitasjonen er ikke fullstendig',
    sentences: ['En del av lenken gikk tapt underveis. Kopier hele lenken, helt til slutten.'],
  },
  missing: {
    title: 'Åpne lenken i invitasjonen din',
    sentences: ['Denne siden trenger lenken du fikk av den som driver serveren.'],
  },
};

const over: Words = {
  title: 'Lenken virker ikke lenger',
  sentences: [
    'Den virker i en uke, og bare så lenge adressen er den samme. Vil du kunne nås her, spør den som driver serveren.',
  ],
};

/** What is said of the link of "is this you?". */
export const confirmationEnds: SpentLinkWords = {
  unknown: over,
  expired: over,
  used: { title: 'Dette er allerede besvart', sentences: undoEnds.used.sentences },
  broken: undoEnds.broken,
  missing: { title: undoEnds.missing.title, sentences: ['Siden trenger lenken fra meldingen du har fått.'] },
};

/** What whoever can be reached from now on is told. */
export const invitationDone: Words = {
  title: 'Det var alt',
  sentences: ['Fra nå av får du en melding som du velger et nytt passord med, hvis du glemmer ditt.'],
};
