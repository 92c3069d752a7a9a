import type { Words } from '../words.ts';
import type { SpentLinkWords } from './en.ts';

// Read by a native speaker: no.

/** What is said of the link that undoes a change. */
export const undoEnds: SpentLinkWords = {
  unknown: {
    title: 'Länken fungerar inte',
    sentences: [
      'Servern känner inte till den, eller inte längre. Logga in på Mitt konto för att se hur du nås.',
    ],
  },
  expired: {
    title: 'Det är för sent att ångra det här',
    sentences: ['Länken gällde i ett dygn. Logga in på Mitt konto och ändra där hur du nås.'],
  },
  used: {
    title: 'Det här är redan ångrat',
    sentences: ['Länken fungerar en gång. Logga in på Mitt konto för att se hur du nås.'],
  },
  broken: {
    title: 'Länken är inte fullständig',
    sentences: ['En del av den försvann på vägen. Kopiera hela länken från meddelandet, ända till slutet.'],
  },
  missing: {
    title: 'Öppna länken från meddelandet',
    sentences: ['En ändring ångras med länken i meddelandet som berättade om den.'],
  },
};

/** What is said of an invitation. */
export const invitationEnds: SpentLinkWords = {
  unknown: {
    title: 'Inbjudan fungerar inte',
    sentences: ['Servern känner inte till den, eller inte längre. Be den som sköter servern om en ny.'],
  },
  expired: {
    title: 'Inbjudan har gått ut',
    sentences: ['En inbjudan gäller i några dagar. Be den som sköter servern om en ny.'],
  },
  used: {
    title: 'Inbjudan har redan använts',
    sentences: [
      'Den fungerar en gång. Om det inte var du, säg till den som sköter servern.',
      'Du kan när som helst ändra hur du nås: logga in på Mitt konto.',
    ],
  },
  broken: {
    title: 'Inbjudan är inte fullständig',
    sentences: ['En del av länken försvann på vägen. Kopiera hela länken, ända till slutet.'],
  },
  missing: {
    title: 'Öppna länken i din inbjudan',
    sentences: ['Sidan behöver länken som du fick av den som sköter servern.'],
  },
};

const over: Words = {
  title: 'Länken fungerar inte längre',
  sentences: [
    'Den gäller i en vecka, och bara så länge adressen är densamma. Vill du kunna nås här, fråga den som driver servern.',
  ],
};

/** What is said of the link of "is this you?". */
export const confirmationEnds: SpentLinkWords = {
  unknown: over,
  expired: over,
  used: { title: 'Det är redan besvarat', sentences: undoEnds.used.sentences },
  broken: undoEnds.broken,
  missing: {
    title: undoEnds.missing.title,
    sentences: ['Sidan behöver länken från meddelandet som du har fått.'],
  },
};

/** What whoever can be reached from now on is told. */
export const invitationDone: Words = {
  title: 'Det var allt',
  sentences: [
    'Från och med nu får du ett meddelande som låter dig välja ett nytt lösenord, om du glömmer ditt.',
  ],
};
