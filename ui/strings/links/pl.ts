import type { Words } from '../words.ts';
import type { SpentLinkWords } from './en.ts';

// Read by a native speaker: no.

/** What is said of the link that undoes a change. */
export const undoEnds: SpentLinkWords = {
  unknown: {
    title: 'Ten link nie działa',
    sentences: [
      'Ten serwer go nie zna albo już go nie zna. Zaloguj się do Mojego konta, aby zobaczyć, jak się z Tobą kontaktujemy.',
    ],
  },
  expired: {
    title: 'Jest za późno, aby cofnąć to tutaj',
    sentences: [
      'Link działał jeden dzień. Zaloguj się do Mojego konta i zmień tam, jak się z Tobą kontaktujemy.',
    ],
  },
  used: {
    title: 'To zostało już cofnięte',
    sentences: ['Link działa raz. Zaloguj się do Mojego konta, aby zobaczyć, jak się z Tobą kontaktujemy.'],
  },
  broken: {
    title: 'Link jest niekompletny',
    sentences: ['Część zgubiła się po drodze. Skopiuj cały link z wiadomości, do samego końca.'],
  },
  missing: {
    title: 'Otwórz link z wiadomości',
    sentences: ['Zmianę cofa się linkiem z wiadomości, która o niej powiadomiła.'],
  },
};

/** What is said of an invitation. */
export const invitationEnds: SpentLinkWords = {
  unknown: {
    title: 'To zaproszenie nie działa',
    sentences: ['Ten serwer go nie zna albo już go nie zna. Poproś o nowe osobę, która prowadzi serwer.'],
  },
  expired: {
    title: 'To zaproszenie wygasło',
    sentences: ['Zaproszenie działa kilka dni. Poproś o nowe osobę, która prowadzi serwer.'],
  },
  used: {
    title: 'To zaproszenie zostało już użyte',
    sentences: [
      'Działa raz. Jeśli to nie Ty, powiadom osobę, która prowadzi serwer.',
      'W każdej chwili możesz zmienić, jak się z Tobą kontaktujemy: zaloguj się do Mojego konta.',
    ],
  },
  broken: {
    title: 'Zaproszenie jest niekompletne',
    sentences: ['Część linku zgubiła się po drodze. Skopiuj cały link, do samego końca.'],
  },
  missing: {
    title: 'Otwórz link ze swojego zaproszenia',
    sentences: ['Ta strona potrzebuje linku od osoby, która prowadzi serwer.'],
  },
};

const over: Words = {
  title: 'Ten link już nie działa',
  sentences: [
    'Działa przez tydzień i tylko dopóki adres jest ten sam. Jeśli chcesz otrzymywać tu wiadomości, poproś osobę prowadzącą serwer.',
  ],
};

/** What is said of the link of "is this you?". */
export const confirmationEnds: SpentLinkWords = {
  unknown: over,
  expired: over,
  used: { title: 'Na to już odpowiedziano', sentences: undoEnds.used.sentences },
  broken: undoEnds.broken,
  missing: {
    title: undoEnds.missing.title,
    sentences: ['Ta strona potrzebuje linku z wiadomości, która do Ciebie przyszła.'],
  },
};

/** What whoever can be reached from now on is told. */
export const invitationDone: Words = {
  title: 'To wszystko',
  sentences: ['Od teraz, jeśli zapomnisz hasła, dostaniesz wiadomość, dzięki której wybierzesz nowe.'],
};
