import type { MyAccountWords, SpentLinkWords } from './en.ts';

// Read by a native speaker: no.

const undoEnds: SpentLinkWords = {
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

const invitationEnds: SpentLinkWords = {
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

/** Words of My Account and of the pages that belong to it, in Norwegian. */
export const myAccount: MyAccountWords = {
  title: 'Min konto',
  opening: 'Et øyeblikk…',
  mail: 'E-post',
  reachesBy: 'Denne serveren kan sende meldinger via:',
  password: 'Passordet ditt',
  back: 'Avbryt',
  working: 'Et øyeblikk…',
  signIn: {
    title: 'Logg på Min konto',
    lead: 'Se og endre hvordan vi når deg, og endre passordet ditt.',
    password: 'Passord',
    empty: 'Skriv inn brukernavnet ditt.',
    working: 'Logger på…',
    notHandedOver: 'Jellyfin kunne ikke logge deg på her. Logg på nedenfor.',
    signedOff: 'Du er logget av denne siden.',
  },
  quickConnect: {
    open: 'Logg på med Quick Connect',
    lead: 'Åpne Quick Connect i innstillingene på en enhet som er logget på Jellyfin, og skriv inn denne koden:',
    waiting: 'Venter på at koden skrives inn. Den gjelder i ti minutter.',
    again: 'Hent en ny kode',
  },
  contacts: {
    title: 'Slik når vi deg',
    lead: 'Meldinger prøver i denne rekkefølgen.',
    none: 'Vi kan ikke nå deg ennå. Uten en måte å nå deg på får du ikke noe nytt passord når du glemmer ditt.',
    verified: 'Bekreftet',
    unverified: 'Ikke bekreftet ennå',
    refused: 'Virker ikke lenger: erstatt den',
    up: 'Flytt opp',
    down: 'Flytt ned',
    replace: 'Erstatt',
    remove: 'Fjern',
    add: 'Legg til',
    addTitle: 'Flere måter å nå deg på',
    moved: 'Rekkefølgen er endret.',
    saved: 'Slik når vi deg fra nå av.',
    removed: 'Fjernet. Vi sier fra til adressen som ble fjernet.',
  },
  linking: {
    addTitle: 'Legg til en måte å nå deg på',
    replaceTitle: 'Erstatt en måte å nå deg på',
    mailAddress: 'E-postadresse',
    address: 'Adresse',
    emptyAddress: 'Skriv inn adressen.',
    whyPassword: 'Passordet ditt igjen, slik at ingen andre endrer hvordan vi når deg.',
    sendCode: 'Send meg en kode',
    getCode: 'Vis meg en kode',
    codeSent: 'En kode er på vei til deg. Den gjelder i ti minutter.',
    code: 'Kode',
    emptyCode: 'Skriv inn koden fra meldingen.',
    confirm: 'Bekreft',
    noCode: 'Begynn på nytt',
    sendToBot: 'Send denne koden til:',
    openBot: 'Åpne med koden',
    connect: 'Logg inn på Discord',
    notConnected: 'Ingenting ble koblet til, fordi det ikke ble tillatt der. Du kan prøve igjen.',
    scan: 'Eller skann dette med telefonen din:',
    qr: 'QR-kode med den samme lenken',
    waiting: 'Venter på meldingen din. Koden gjelder i ti minutter.',
  },
  removing: {
    title: 'Fjern en måte å nå deg på',
    last: 'Det er den eneste: uten den får du ikke noe nytt passord når du glemmer ditt.',
    submit: 'Fjern nå',
  },
  language: {
    title: 'Språk i meldinger',
    label: 'Språk',
    browser: 'Som i nettleseren eller appen som spør',
    submit: 'Lagre språket',
    saved: 'Språket er lagret.',
  },
  passwords: {
    title: 'Passord',
    open: 'Endre passord',
    elsewhere: 'Et annet system har passordet til denne kontoen, ikke Jellyfin. Endre det der.',
    current: 'Nåværende passord',
    submit: 'Endre passord',
    done: {
      title: 'Det nye passordet ditt gjelder',
      sentences: ['Du er logget av overalt. Logg på med det nye passordet på hver av enhetene dine.'],
    },
    signInAgain: 'Logg på Min konto igjen',
  },
  events: {
    title: 'Hva som har skjedd i det siste',
    none: 'Ingenting ennå.',
    home: 'hjemmenettverk',
    more: 'Vis alt',
    words: {
      'account-signed-in': 'En innlogging på Min konto',
      'login-failed': 'En pålogging med feil passord',
      'login-held': 'Pålogginger ble holdt tilbake etter for mange feil passord',
      'account-unlocked': 'Kontoen din ble låst opp',
      'message-sent': 'En melding ble sendt til deg',
      'link-made': 'En administrator laget en lenke for et nytt passord',
      'pin-accepted': 'En PIN-kode ble skrevet inn',
      'password-changed': 'Passordet ditt ble endret',
      'password-not-changed': 'Et nytt passord kunne ikke lagres',
      'contact-added': 'En måte å nå deg på ble lagt til',
      'contact-changed': 'En måte å nå deg på ble erstattet',
      'contact-verified': 'En måte å nå deg på ble bekreftet',
      'contact-removed': 'En måte å nå deg på ble fjernet',
      'contact-undone': 'En endring av hvordan du nås ble angret',
      'contact-refused': 'En måte å nå deg på virker ikke lenger',
      'invitation-made': 'En administrator laget en invitasjon til deg',
      'devices-signed-out': 'Enheter ble logget ut',
    },
  },
  devices: {
    title: 'Påloggede enheter',
    none: 'Ingen enhet er pålogget.',
    unknown: 'Hvilke enheter som er pålogget, kan ikke sies her.',
    lastSeen: 'Sist sett:',
    signOut: 'Logg av',
    all: 'Logg av alle enheter',
    signedOut: 'Enheten er logget av.',
    allSignedOut: 'Alle enheter er logget av.',
  },
  signOff: 'Logg av denne siden',
  undo: {
    title: 'Angre denne endringen',
    sentences: [
      'En måte å nå denne kontoen på ble erstattet eller fjernet. Hvis det ikke var deg, angrer du det her.',
      'Da gjelder den gamle igjen, den nye sperres, og alle logges av Min konto.',
    ],
    submit: 'Angre endringen',
    working: 'Angrer…',
    done: {
      title: 'Endringen er angret',
      sentences: [
        'Vi når deg som før. Ingen er lenger logget på Min konto.',
        'Noen kjente passordet ditt: velg et nytt nå.',
      ],
    },
    newPassword: 'Velg et nytt passord',
    ends: undoEnds,
  },
  invitation: {
    title: 'Si hvordan vi når deg',
    lead: 'Da får du en melding når du glemmer passordet ditt. Ingenting annet endres.',
    choose: 'Hvordan vil du bli nådd?',
    none: 'Denne serveren kan ikke sende meldinger for øyeblikket. Si fra til den som driver den.',
    done: {
      title: 'Det var alt',
      sentences: ['Fra nå av får du en melding som du velger et nytt passord med, hvis du glemmer ditt.'],
    },
    ends: invitationEnds,
  },
  account: 'Konto',
  server: 'på',
  checkFailed: 'Lenken kunne ikke kontrolleres',
  toMyAccount: 'Gå til Min konto',
};
