import { myAccount } from './my-account/it.ts';
import type { SomeStrings } from './some-strings.ts';

// Read by a native speaker: no.

/** Italian words of our pages. */
export const it: SomeStrings = {
  signIn: 'Accedi',
  backToSignIn: 'Torna all’accesso',
  askForLink: 'Chiedi un nuovo link',
  changeElsewhere: 'Cambiala lì',
  tryAgain: 'Riprova',
  userName: 'Nome utente',
  choose: {
    title: 'Scegli una nuova password',
    onServer: 'per il tuo account su',
    checking: 'Verifica del link…',
    checkFailed: 'Non è stato possibile verificare il link',
    password: 'Nuova password',
    again: 'Ripeti la nuova password',
    show: 'Mostra',
    hide: 'Nascondi',
    showPassword: 'Mostra la password',
    hidePassword: 'Nascondi la password',
    isShown: 'La tua password si legge sullo schermo',
    isHidden: 'La tua password è nascosta',
    rulesTitle: 'La tua nuova password',
    isMet: 'Rispettata',
    isBroken: 'Non rispettata',
    stillToDo: 'Manca ancora:',
    allMet: 'Questa password rispetta ogni regola',
    empty: 'Scegli una nuova password.',
    mismatch: 'Le due password non sono uguali.',
    submit: 'Imposta la nuova password',
    working: 'Impostazione della password…',
    workingHint: 'Può richiedere qualche secondo. Lascia aperta questa pagina.',
    linkStillGood: 'Il tuo link è ancora valido.',
    codeLead:
      'Per gli amministratori serve anche un codice. Ti arriva per una via diversa dal messaggio che hai.',
    codeSentBy: 'Inviato tramite:',
    anotherCode: 'Inviami un altro codice',
  },
  account: {
    title: 'Password dimenticata?',
    lead: 'Dicci chi sei. Ti mandiamo un messaggio con cui scegliere una nuova password.',
    enteredName: 'Nome utente o indirizzo e-mail',
    empty: 'Scrivi il tuo nome utente o il tuo indirizzo e-mail.',
    tooLong: 'È troppo lungo per un nome utente o un indirizzo e-mail.',
    submit: 'Mandami un messaggio',
    working: 'Invio…',
  },
  asked: {
    title: 'Guarda nei tuoi messaggi',
    sentences: [
      'Se conosciamo questo account e sappiamo come raggiungerti, un messaggio con un link è in arrivo.',
    ],
    nothingCame: 'Non è arrivato nulla?',
    advice: [
      'Aspetta qualche minuto e guarda nella posta indesiderata.',
      'Controlla come è scritto: usa il nome utente che vedi nella pagina di accesso.',
      'Chiedi a chi gestisce il server. Forse non ha il tuo indirizzo e-mail.',
    ],
    again: 'Prova con un altro nome',
  },
  askedPin: {
    sentences: [
      'Se conosciamo questo account e sappiamo come raggiungerti, un messaggio con un PIN è in arrivo.',
    ],
    enter: 'Scrivi il PIN',
  },
  pin: {
    title: 'Scegli una nuova password',
    go: 'Premi il pulsante per continuare. La tua password resta com’è finché non ne scegli una nuova.',
    type: 'Scrivi il PIN del messaggio che ti abbiamo mandato. La tua password resta com’è finché non ne scegli una nuova.',
    label: 'PIN',
    empty: 'Scrivi il PIN del messaggio.',
    submit: 'Continua',
    working: 'Un momento…',
    unknown: 'Questo PIN non è corretto. Confrontalo con il messaggio, o chiedine uno nuovo.',
    expired: 'Questo PIN è scaduto. Chiedine uno nuovo.',
    used: 'Questo PIN è già stato usato: dopo il suo invio è stata scelta una nuova password. Se non sei stato tu, chiedi subito un nuovo PIN e avvisa chi gestisce il server.',
    broken: 'Il link non era completo. Scrivi invece il PIN del messaggio.',
    askAgain: 'Chiedi un nuovo PIN',
  },
  rules: {
    'too-short': ({ minLength }) => `Almeno ${minLength} caratteri`,
    'too-long': ({ maxLength }) => `Al massimo ${maxLength} caratteri`,
    common: () => 'Nessuna delle password che usano tutti',
    'contains-name': () => 'Senza il tuo nome utente, il nome del server e la parola “jellyfin”',
  },
  faults: {
    'too-short': ({ minLength }) => `Questa password è troppo corta. Usa almeno ${minLength} caratteri.`,
    'too-long': ({ maxLength }) => `Questa password è troppo lunga. Usa al massimo ${maxLength} caratteri.`,
    common: () => 'Molti usano questa password, quindi è facile da indovinare. Scegline un’altra.',
    'contains-name': () => 'Togli il tuo nome utente, il nome del server e la parola “jellyfin”.',
  },
  problems: {
    'no-connection': 'Il server non ha risposto. Controlla la connessione e riprova.',
    'jellyfin-unreachable': 'Jellyfin non è raggiungibile al momento. Riprova tra qualche minuto.',
    'change-not-kept':
      'Jellyfin non ha conservato la nuova password. Riprova; se va di nuovo male, avvisa chi gestisce il server.',
    'link-busy':
      'Con questo link si sta già impostando una password, forse in un’altra scheda. Aspetta un momento, poi riprova.',
    'password-refused': 'Il server non accetta questa password. Scegline un’altra.',
    'too-many-requests': 'Troppi tentativi. Aspetta qualche minuto, poi riprova.',
    'proof-needed': 'Il server riceve molte richieste in questo momento. Aspetta un momento, poi riprova.',
    'signed-out': 'Non sei più connesso. Accedi di nuovo.',
    'sign-in-refused': 'Jellyfin non ti ha fatto entrare. Controlla nome e password.',
    'password-wrong': 'Questa non è la tua password. Scrivila di nuovo.',
    'address-refused': 'Questo non è un indirizzo di quel tipo. Controlla come è scritto.',
    'code-needed': 'Per questo account serve anche un codice. Fattene inviare uno, poi scrivilo.',
    'code-wrong': 'Questo non è il codice inviato. Controllalo e riprova.',
    'code-expired': 'Il codice è scaduto. Ricomincia.',
    'codes-used-up':
      'Per questo link non viene inviato nessun altro codice. Scrivi l’ultimo o chiedi un nuovo link.',
    'bad-body': 'Il server non ha capito la richiesta. Ricarica la pagina e riprova.',
    'not-found': 'Questo server non offre nuove password al momento. Avvisa chi gestisce il server.',
    unavailable: 'Questa parte del server non è disponibile al momento. Riprova tra qualche minuto.',
    internal:
      'Qualcosa è andato storto sul server. Riprova; se va di nuovo male, avvisa chi gestisce il server.',
  },
  ends: {
    done: {
      title: 'La tua password è stata cambiata',
      sentences: [
        'Sei stato disconnesso ovunque. Accedi con la nuova password su ognuno dei tuoi dispositivi.',
      ],
    },
    'link-expired': {
      title: 'Questo link è scaduto',
      sentences: ['Per la tua sicurezza un link funziona solo per poco tempo. Chiedine uno nuovo.'],
    },
    'link-used': {
      title: 'Questo link è già stato usato',
      sentences: [
        'Un link funziona una volta sola. Se hai appena scelto una password con questo, accedi con quella password.',
        'Se non sei stato tu, chiedi subito un nuovo link e avvisa chi gestisce il server.',
      ],
    },
    'link-locked': {
      title: 'Questo link non vale più',
      sentences: [
        'È stato scritto troppe volte un codice sbagliato. Chiedi un nuovo link.',
        'Se non sei stato tu, avvisa chi gestisce il server.',
      ],
    },
    'link-unknown': {
      title: 'Questo link non funziona',
      sentences: ['Questo server non conosce il link, o non più. Chiedine uno nuovo.'],
    },
    'link-superseded': {
      title: 'Si è continuato altrove',
      sentences: [
        'Il tuo link è stato riaperto, o il tuo PIN è stato scritto di nuovo, in un’altra scheda o su un altro dispositivo. Funziona solo l’ultima pagina aperta: scegli lì la tua password.',
        'Non trovi quella pagina, o non sei stato tu? Chiedi un nuovo link. Se non sei stato tu, avvisa anche chi gestisce il server.',
      ],
    },
    'link-broken': {
      title: 'Questo link non è completo',
      sentences: [
        'Una parte si è persa per strada. Aprilo di nuovo dal messaggio, o copia il link intero, fino alla fine.',
        'Se non serve, chiedine uno nuovo.',
      ],
    },
    'link-missing': {
      title: 'Apri il link del tuo messaggio',
      sentences: [
        'Una nuova password si sceglie con un link che ti mandiamo. Aprilo dal messaggio, o chiedine uno.',
      ],
    },
    'account-unavailable': {
      title: 'Questa password non si può cambiare qui',
      sentences: ['Chiedi aiuto per questo account a chi gestisce il server.'],
    },
    'account-elsewhere': {
      title: 'Questa password è conservata altrove',
      sentences: [
        'Un altro sistema conserva la password di questo account, non Jellyfin. Cambiala lì; la nuova varrà poi anche qui.',
        'Se non sai dove, chiedi a chi gestisce il server.',
      ],
    },
  },
  myAccount,
};
