import type { MyAccountWords, SpentLinkWords } from './en.ts';

// Read by a native speaker: no.

const undoEnds: SpentLinkWords = {
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

const invitationEnds: SpentLinkWords = {
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

/** Words of My Account and of the pages that belong to it, in Danish. */
export const myAccount: MyAccountWords = {
  title: 'Min konto',
  opening: 'Et øjeblik…',
  mail: 'E-mail',
  reachesBy: 'Denne server kan sende beskeder via:',
  password: 'Din adgangskode',
  back: 'Annuller',
  working: 'Et øjeblik…',
  signIn: {
    title: 'Log ind på Min konto',
    lead: 'Se og ændr, hvordan vi når dig, og skift din adgangskode.',
    password: 'Adgangskode',
    empty: 'Skriv dit brugernavn.',
    working: 'Logger ind…',
    notHandedOver: 'Jellyfin kunne ikke logge dig ind her. Log ind nedenfor.',
    signedOff: 'Du er logget ud af denne side.',
  },
  quickConnect: {
    open: 'Log ind med Quick Connect',
    lead: 'Åbn Quick Connect i indstillingerne på en enhed, der er logget ind på Jellyfin, og skriv denne kode:',
    waiting: 'Venter på, at koden bliver skrevet. Den gælder i ti minutter.',
    again: 'Hent en ny kode',
  },
  contacts: {
    title: 'Sådan når vi dig',
    lead: 'Beskeder prøver i denne rækkefølge.',
    none: 'Vi kan ikke nå dig endnu. Uden en vej til dig er der ingen ny adgangskode, når du glemmer din.',
    verified: 'Bekræftet',
    unverified: 'Ikke bekræftet endnu',
    refused: 'Virker ikke længere: erstat den',
    up: 'Flyt op',
    down: 'Flyt ned',
    replace: 'Erstat',
    remove: 'Fjern',
    add: 'Tilføj',
    addTitle: 'Flere veje til dig',
    moved: 'Rækkefølgen er ændret.',
    saved: 'Sådan når vi dig fra nu af.',
    removed: 'Fjernet. Vi giver besked til den fjernede adresse.',
  },
  linking: {
    addTitle: 'Tilføj en vej til dig',
    replaceTitle: 'Erstat en vej til dig',
    mailAddress: 'E-mailadresse',
    address: 'Adresse',
    emptyAddress: 'Skriv adressen.',
    whyPassword: 'Din adgangskode igen, så ingen andre ændrer, hvordan vi når dig.',
    sendCode: 'Send mig en kode',
    getCode: 'Vis mig en kode',
    codeSent: 'En kode er på vej til dig. Den gælder i ti minutter.',
    code: 'Kode',
    emptyCode: 'Skriv koden fra beskeden.',
    confirm: 'Bekræft',
    noCode: 'Begynd forfra',
    sendToBot: 'Send denne kode til:',
    openBot: 'Åbn med koden',
    connect: 'Log ind på Discord',
    notConnected: 'Intet blev tilknyttet, da det ikke blev tilladt dér. Du kan prøve igen.',
    scan: 'Eller scan dette med din telefon:',
    qr: 'QR-kode med det samme link',
    waiting: 'Venter på din besked. Koden gælder i ti minutter.',
  },
  removing: {
    title: 'Fjern en vej til dig',
    last: 'Det er den eneste: uden den er der ingen ny adgangskode, når du glemmer din.',
    submit: 'Fjern nu',
  },
  language: {
    title: 'Beskedernes sprog',
    label: 'Sprog',
    browser: 'Som i browseren eller appen, der spørger',
    submit: 'Gem sproget',
    saved: 'Sproget er gemt.',
  },
  passwords: {
    title: 'Adgangskode',
    open: 'Skift adgangskode',
    elsewhere: 'Et andet system har adgangskoden til denne konto, ikke Jellyfin. Skift den dér.',
    current: 'Nuværende adgangskode',
    submit: 'Skift adgangskode',
    done: {
      title: 'Din nye adgangskode gælder',
      sentences: ['Du er logget ud overalt. Log ind med din nye adgangskode på hver af dine enheder.'],
    },
    signInAgain: 'Log ind på Min konto igen',
  },
  events: {
    title: 'Hvad der er sket for nylig',
    none: 'Intet endnu.',
    home: 'hjemmenetværk',
    more: 'Vis alt',
    words: {
      'account-signed-in': 'En login på Min konto',
      'login-failed': 'Et login med en forkert adgangskode',
      'login-held': 'Logins blev holdt tilbage efter for mange forkerte adgangskoder',
      'account-unlocked': 'Din konto blev låst op',
      'message-sent': 'En besked blev sendt til dig',
      'link-made': 'En administrator lavede et link til en ny adgangskode',
      'pin-accepted': 'En PIN-kode blev skrevet',
      'password-changed': 'Din adgangskode blev ændret',
      'password-not-changed': 'En ny adgangskode kunne ikke gemmes',
      'contact-added': 'En måde at nå dig på blev tilføjet',
      'contact-changed': 'En måde at nå dig på blev erstattet',
      'contact-verified': 'En måde at nå dig på blev bekræftet',
      'contact-removed': 'En vej til dig blev fjernet',
      'contact-undone': 'En ændring af hvordan du nås blev fortrudt',
      'contact-refused': 'En måde at nå dig på virker ikke længere',
      'invitation-made': 'En administrator lavede en invitation til dig',
      'devices-signed-out': 'Enheder blev logget ud',
    },
  },
  devices: {
    title: 'Enheder, der er logget ind',
    none: 'Ingen enhed er logget ind.',
    unknown: 'Hvilke enheder der er logget ind, kan ikke siges her.',
    lastSeen: 'Sidst set:',
    signOut: 'Log ud',
    all: 'Log alle enheder ud',
    signedOut: 'Enheden er logget ud.',
    allSignedOut: 'Alle enheder er logget ud.',
  },
  signOff: 'Log ud af denne side',
  undo: {
    title: 'Fortryd denne ændring',
    sentences: [
      'En vej til at nå denne konto blev erstattet eller fjernet. Hvis det ikke var dig, så fortryd det her.',
      'Så gælder den gamle igen, den nye spærres, og alle logges ud af Min konto.',
    ],
    submit: 'Fortryd ændringen',
    working: 'Fortryder…',
    done: {
      title: 'Ændringen er fortrudt',
      sentences: [
        'Vi når dig som før. Ingen er længere logget ind på Min konto.',
        'Nogen kendte din adgangskode: vælg en ny nu.',
      ],
    },
    newPassword: 'Vælg en ny adgangskode',
    ends: undoEnds,
  },
  invitation: {
    title: 'Sig, hvordan vi når dig',
    lead: 'Så får du en besked, når du glemmer din adgangskode. Intet andet ændres.',
    choose: 'Hvordan vil du have besked?',
    none: 'Denne server kan ikke sende beskeder i øjeblikket. Sig det til den, der driver den.',
    done: {
      title: 'Det var det hele',
      sentences: ['Fra nu af får du en besked, som du vælger en ny adgangskode med, hvis du glemmer din.'],
    },
    ends: invitationEnds,
  },
  account: 'Konto',
  server: 'på',
  checkFailed: 'Linket kunne ikke kontrolleres',
  toMyAccount: 'Gå til Min konto',
};
