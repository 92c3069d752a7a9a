import type { MyAccountWords, SpentLinkWords } from './en.ts';

// Read by a native speaker: no.

const undoEnds: SpentLinkWords = {
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

const invitationEnds: SpentLinkWords = {
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

/** Words of My Account and of the pages that belong to it, in Italian. */
export const myAccount: MyAccountWords = {
  title: 'Il mio account',
  opening: 'Un momento…',
  mail: 'E-mail',
  reachesBy: 'Questo server può inviare messaggi tramite:',
  password: 'La tua password',
  back: 'Annulla',
  working: 'Un momento…',
  signIn: {
    title: 'Accedi a Il mio account',
    lead: 'Guarda e cambia come puoi essere raggiunto, e cambia la tua password.',
    password: 'Password',
    empty: 'Scrivi il tuo nome utente.',
    working: 'Accesso in corso…',
    notHandedOver: 'Jellyfin non ha potuto farti accedere qui. Accedi qui sotto.',
    signedOff: 'Sei uscito da questa pagina.',
  },
  quickConnect: {
    open: 'Accedi con Quick Connect',
    lead: 'Su un dispositivo che ha già effettuato l’accesso a Jellyfin, apri Quick Connect nelle impostazioni e scrivi questo codice:',
    waiting: 'In attesa che il codice venga scritto. Vale dieci minuti.',
    again: 'Ottieni un nuovo codice',
  },
  contacts: {
    title: 'Come puoi essere raggiunto',
    lead: 'I messaggi provano queste vie in quest’ordine.',
    none: 'Non possiamo ancora raggiungerti. Senza una via per raggiungerti non c’è una nuova password se dimentichi la tua.',
    verified: 'Confermato',
    unverified: 'Non ancora confermato',
    refused: 'Non funziona più: sostituiscilo',
    up: 'Sposta su',
    down: 'Sposta giù',
    replace: 'Sostituisci',
    remove: 'Rimuovi',
    add: 'Aggiungi',
    addTitle: 'Altre vie per raggiungerti',
    moved: 'L’ordine è cambiato.',
    saved: 'D’ora in poi sarai raggiunto così.',
    removed: 'Rimosso. Ne informiamo l’indirizzo rimosso.',
  },
  linking: {
    addTitle: 'Aggiungi una via per raggiungerti',
    replaceTitle: 'Sostituisci una via per raggiungerti',
    mailAddress: 'Indirizzo e-mail',
    address: 'Indirizzo',
    emptyAddress: 'Scrivi l’indirizzo.',
    whyPassword: 'Di nuovo la tua password, perché nessun altro cambi come puoi essere raggiunto.',
    sendCode: 'Inviami un codice',
    getCode: 'Mostrami un codice',
    codeSent: 'Un codice è in arrivo. Vale dieci minuti.',
    code: 'Codice',
    emptyCode: 'Scrivi il codice del messaggio.',
    confirm: 'Conferma',
    noCode: 'Ricomincia',
    sendToBot: 'Invia questo codice a:',
    openBot: 'Apri con il codice',
    connect: 'Accedi a Discord',
    notConnected: 'Non è stato collegato nulla, perché lì non è stato consentito. Puoi riprovare.',
    scan: 'Oppure inquadra questo con il telefono:',
    qr: 'Codice QR con lo stesso link',
    waiting: 'In attesa del tuo messaggio. Il codice vale dieci minuti.',
  },
  removing: {
    title: 'Rimuovi una via per raggiungerti',
    last: 'È l’unica: senza di essa non c’è una nuova password se dimentichi la tua.',
    submit: 'Rimuovi ora',
  },
  language: {
    title: 'Lingua dei messaggi',
    label: 'Lingua',
    browser: 'Come nel browser o nell’app che chiede',
    submit: 'Salva la lingua',
    saved: 'La lingua è salvata.',
  },
  passwords: {
    title: 'Password',
    open: 'Cambia password',
    elsewhere: 'Un altro sistema conserva la password di questo account, non Jellyfin. Cambiala lì.',
    current: 'Password attuale',
    submit: 'Cambia password',
    done: {
      title: 'La tua nuova password è impostata',
      sentences: [
        'Sei stato disconnesso ovunque. Accedi con la nuova password su ognuno dei tuoi dispositivi.',
      ],
    },
    signInAgain: 'Accedi di nuovo a Il mio account',
  },
  events: {
    title: 'Che cosa è successo di recente',
    none: 'Ancora niente.',
    home: 'rete di casa',
    more: 'Mostra tutto',
    words: {
      'account-signed-in': 'Un accesso a Il mio account',
      'login-failed': 'Un accesso con una password sbagliata',
      'login-held': 'Accessi trattenuti dopo troppe password sbagliate',
      'account-unlocked': 'Il tuo account è stato sbloccato',
      'message-sent': 'Ti è stato inviato un messaggio',
      'link-made': 'Un amministratore ha creato un link per una nuova password',
      'pin-accepted': 'È stato scritto un PIN',
      'password-changed': 'La tua password è stata cambiata',
      'password-not-changed': 'Non è stato possibile impostare una nuova password',
      'contact-added': 'È stato aggiunto un modo per contattarti',
      'contact-changed': 'Un modo per contattarti è stato sostituito',
      'contact-verified': 'Un modo per contattarti è stato confermato',
      'contact-removed': 'Una via per raggiungerti è stata rimossa',
      'contact-undone': 'Una modifica ai tuoi contatti è stata annullata',
      'contact-refused': 'Un modo per contattarti non funziona più',
      'invitation-made': 'Un amministratore ha creato un invito per te',
      'devices-signed-out': 'Alcuni dispositivi sono stati disconnessi',
    },
  },
  devices: {
    title: 'Dispositivi connessi',
    none: 'Nessun dispositivo è connesso.',
    unknown: 'Qui non si può dire quali dispositivi sono connessi.',
    lastSeen: 'Visto l’ultima volta:',
    signOut: 'Disconnetti',
    all: 'Disconnetti tutti i dispositivi',
    signedOut: 'Il dispositivo è disconnesso.',
    allSignedOut: 'Tutti i dispositivi sono disconnessi.',
  },
  signOff: 'Esci da questa pagina',
  undo: {
    title: 'Annulla questa modifica',
    sentences: [
      'Una via per raggiungere questo account è stata sostituita o rimossa. Se non sei stato tu, annulla qui.',
      'Allora vale di nuovo la vecchia, la nuova è bloccata, e tutti escono da Il mio account.',
    ],
    submit: 'Annulla la modifica',
    working: 'Annullamento in corso…',
    done: {
      title: 'La modifica è annullata',
      sentences: [
        'Sei raggiunto come prima. Nessuno ha più accesso a Il mio account.',
        'Qualcuno conosceva la tua password: scegline subito una nuova.',
      ],
    },
    newPassword: 'Scegli una nuova password',
    ends: undoEnds,
  },
  invitation: {
    title: 'Di’ come puoi essere raggiunto',
    lead: 'Così ricevi un messaggio quando dimentichi la password. Nient’altro viene cambiato.',
    choose: 'Come vuoi essere raggiunto?',
    none: 'Questo server al momento non può inviare messaggi. Avvisa chi lo gestisce.',
    done: {
      title: 'È tutto',
      sentences: [
        'D’ora in poi, se dimentichi la password, ricevi un messaggio con cui ne scegli una nuova.',
      ],
    },
    ends: invitationEnds,
  },
  account: 'Account',
  server: 'su',
  checkFailed: 'Non è stato possibile verificare il link',
  toMyAccount: 'Vai a Il mio account',
};
