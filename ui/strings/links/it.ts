import type { Words } from '../words.ts';
import type { SpentLinkWords } from './en.ts';

// Read by a native speaker: no.

/** What is said of the link that undoes a change. */
export const undoEnds: SpentLinkWords = {
  unknown: {
    title: 'Questo link non funziona',
    sentences: [
      'Questo server non lo conosce, o non lo conosce più. Accedi a Il mio account per vedere come puoi essere raggiunto.',
    ],
  },
  expired: {
    title: 'È troppo tardi per annullare qui',
    sentences: ['Il link valeva un giorno. Accedi a Il mio account e cambia lì come puoi essere raggiunto.'],
  },
  used: {
    title: 'È già stato annullato',
    sentences: ['Il link funziona una volta. Accedi a Il mio account per vedere come puoi essere raggiunto.'],
  },
  broken: {
    title: 'Il link non è completo',
    sentences: ['Una parte si è persa per strada. Copia tutto il link dal messaggio, fino alla fine.'],
  },
  missing: {
    title: 'Apri il link del messaggio',
    sentences: ['Una modifica si annulla con il link del messaggio che te ne ha informato.'],
  },
};

/** What is said of an invitation. */
export const invitationEnds: SpentLinkWords = {
  unknown: {
    title: 'Questo invito non funziona',
    sentences: [
      'Questo server non lo conosce, o non lo conosce più. Chiedine uno nuovo a chi gestisce il server.',
    ],
  },
  expired: {
    title: 'Questo invito è scaduto',
    sentences: ['Un invito vale alcuni giorni. Chiedine uno nuovo a chi gestisce il server.'],
  },
  used: {
    title: 'Questo invito è già stato usato',
    sentences: [
      'Funziona una volta. Se non sei stato tu, avvisa chi gestisce il server.',
      'Puoi cambiare come essere raggiunto in qualsiasi momento: accedi a Il mio account.',
    ],
  },
  broken: {
    title: 'L’invito non è completo',
    sentences: ['Una parte del link si è persa per strada. Copia tutto il link, fino alla fine.'],
  },
  missing: {
    title: 'Apri il link del tuo invito',
    sentences: ['Questa pagina ha bisogno del link che ti ha dato chi gestisce il server.'],
  },
};

const over: Words = {
  title: 'Questo link non funziona più',
  sentences: [
    'Vale una settimana, e solo finché l’indirizzo resta lo stesso. Se vuoi ricevere messaggi qui, chiedi a chi gestisce il server.',
  ],
};

/** What is said of the link of "is this you?". */
export const confirmationEnds: SpentLinkWords = {
  unknown: over,
  expired: over,
  used: { title: 'La risposta è già stata data', sentences: undoEnds.used.sentences },
  broken: undoEnds.broken,
  missing: {
    title: undoEnds.missing.title,
    sentences: ['Questa pagina ha bisogno del link del messaggio che hai ricevuto.'],
  },
};

/** What whoever can be reached from now on is told. */
export const invitationDone: Words = {
  title: 'È tutto',
  sentences: ['D’ora in poi, se dimentichi la password, ricevi un messaggio con cui ne scegli una nuova.'],
};
