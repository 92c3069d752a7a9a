import { myAccount } from './my-account/nb.ts';
import type { SomeStrings } from './some-strings.ts';

// Read by a native speaker: no.

/** Norwegian words of our pages. */
export const nb: SomeStrings = {
  signIn: 'Logg på',
  backToSignIn: 'Tilbake til pålogging',
  askForLink: 'Be om en ny lenke',
  changeElsewhere: 'Endre det der',
  tryAgain: 'Prøv igjen',
  userName: 'Brukernavn',
  choose: {
    title: 'Velg et nytt passord',
    onServer: 'for kontoen din på',
    checking: 'Lenken din kontrolleres…',
    checkFailed: 'Lenken din kunne ikke kontrolleres',
    password: 'Nytt passord',
    again: 'Nytt passord igjen',
    show: 'Vis',
    hide: 'Skjul',
    showPassword: 'Vis passordet',
    hidePassword: 'Skjul passordet',
    isShown: 'Passordet ditt kan leses på skjermen',
    isHidden: 'Passordet ditt er skjult',
    rulesTitle: 'Det nye passordet ditt',
    isMet: 'Oppfylt',
    isBroken: 'Ikke oppfylt',
    stillToDo: 'Mangler fortsatt:',
    allMet: 'Dette passordet oppfyller alle regler',
    empty: 'Velg et nytt passord.',
    mismatch: 'De to passordene er ikke like.',
    submit: 'Lagre det nye passordet',
    working: 'Passordet ditt lagres…',
    workingHint: 'Dette kan ta noen sekunder. La denne siden være åpen.',
    linkStillGood: 'Lenken din gjelder fortsatt.',
    codeLead: 'Administratorer trenger også en kode. Den når deg på en annen måte enn meldingen du har.',
    codeSentBy: 'Sendt via:',
    anotherCode: 'Send meg en kode til',
  },
  account: {
    title: 'Glemt passordet?',
    lead: 'Fortell oss hvem du er. Vi sender deg en melding som du velger et nytt passord med.',
    enteredName: 'Brukernavn eller e-postadresse',
    empty: 'Skriv inn brukernavnet eller e-postadressen din.',
    tooLong: 'Det er for langt til å være et brukernavn eller en e-postadresse.',
    submit: 'Send meg en melding',
    working: 'Sender…',
  },
  asked: {
    title: 'Se i meldingene dine',
    sentences: [
      'Hvis vi kjenner denne kontoen og vet hvordan vi når deg, er en melding med en lenke på vei.',
    ],
    nothingCame: 'Har det ikke kommet noe?',
    advice: [
      'Vent noen minutter, og se i søppelposten.',
      'Kontroller stavemåten: skriv inn brukernavnet slik det står på påloggingssiden.',
      'Spør den som driver serveren. Kanskje har vedkommende ikke e-postadressen din.',
    ],
    again: 'Prøv et annet navn',
  },
  askedPin: {
    sentences: [
      'Hvis vi kjenner denne kontoen og vet hvordan vi når deg, er en melding med en PIN-kode på vei.',
    ],
    enter: 'Skriv inn PIN-koden',
  },
  pin: {
    title: 'Velg et nytt passord',
    go: 'Trykk på knappen for å gå videre. Passordet ditt forblir som det er til du har valgt et nytt.',
    type: 'Skriv inn PIN-koden fra meldingen vi sendte deg. Passordet ditt forblir som det er til du har valgt et nytt.',
    label: 'PIN-kode',
    empty: 'Skriv inn PIN-koden fra meldingen.',
    submit: 'Fortsett',
    working: 'Et øyeblikk…',
    unknown: 'Denne PIN-koden er ikke riktig. Sammenlign den med meldingen, eller be om en ny.',
    expired: 'Denne PIN-koden er utløpt. Be om en ny.',
    used: 'Denne PIN-koden er brukt opp: et nytt passord er valgt siden den ble sendt. Hvis det ikke var deg, ber du om en ny PIN-kode nå og sier fra til den som driver serveren.',
    broken: 'Lenken var ikke fullstendig. Skriv inn PIN-koden fra meldingen i stedet.',
    askAgain: 'Be om en ny PIN-kode',
  },
  rules: {
    'too-short': ({ minLength }) => `Minst ${minLength} tegn`,
    'too-long': ({ maxLength }) => `Høyst ${maxLength} tegn`,
    common: () => 'Ikke et av passordene som alle bruker',
    'contains-name': () => 'Uten brukernavnet ditt, navnet på serveren og ordet «jellyfin»',
  },
  faults: {
    'too-short': ({ minLength }) => `Dette passordet er for kort. Bruk minst ${minLength} tegn.`,
    'too-long': ({ maxLength }) => `Dette passordet er for langt. Bruk høyst ${maxLength} tegn.`,
    common: () => 'Mange bruker dette passordet, så det er lett å gjette. Velg et annet.',
    'contains-name': () => 'Utelat brukernavnet ditt, navnet på serveren og ordet «jellyfin».',
  },
  problems: {
    'no-connection': 'Serveren svarte ikke. Kontroller forbindelsen, og prøv igjen.',
    'jellyfin-unreachable': 'Jellyfin kan ikke nås for øyeblikket. Prøv igjen om noen minutter.',
    'change-not-kept':
      'Jellyfin beholdt ikke det nye passordet. Prøv igjen; hvis det går galt igjen, sier du fra til den som driver serveren.',
    'link-busy':
      'Et passord lagres med denne lenken akkurat nå, kanskje i en annen fane. Vent et øyeblikk, og prøv så igjen.',
    'password-refused': 'Serveren godtar ikke dette passordet. Velg et annet.',
    'too-many-requests': 'Det var for mange forsøk. Vent noen minutter, og prøv så igjen.',
    'proof-needed': 'Serveren får mange forespørsler for øyeblikket. Vent litt, og prøv så igjen.',
    'signed-out': 'Du er ikke lenger pålogget. Logg på igjen.',
    'sign-in-refused': 'Jellyfin slapp deg ikke inn. Kontroller navn og passord.',
    'password-wrong': 'Dette er ikke passordet ditt. Skriv det inn igjen.',
    'address-refused': 'Dette er ikke en adresse av det slaget. Kontroller hvordan den er skrevet.',
    'code-needed': 'Denne kontoen trenger også en kode. Få tilsendt en, og skriv den inn.',
    'code-wrong': 'Dette er ikke koden som ble sendt. Kontroller den, og prøv igjen.',
    'code-expired': 'Koden er utløpt. Begynn på nytt.',
    'codes-used-up':
      'Det sendes ikke flere koder for denne lenken. Skriv inn den siste, eller be om en ny lenke.',
    'bad-body': 'Serveren forsto ikke forespørselen. Last siden på nytt, og prøv igjen.',
    'not-found': 'Denne serveren tilbyr ikke nye passord for øyeblikket. Si fra til den som driver serveren.',
    unavailable: 'Denne delen av serveren er ikke tilgjengelig for øyeblikket. Prøv igjen om noen minutter.',
    internal:
      'Noe gikk galt på serveren. Prøv igjen; hvis det går galt igjen, sier du fra til den som driver serveren.',
  },
  ends: {
    done: {
      title: 'Passordet ditt er endret',
      sentences: ['Du er logget av overalt. Logg på med det nye passordet på hver av enhetene dine.'],
    },
    'link-expired': {
      title: 'Denne lenken er utløpt',
      sentences: ['For din sikkerhet virker en lenke bare en kort stund. Be om en ny.'],
    },
    'link-used': {
      title: 'Denne lenken er allerede brukt',
      sentences: [
        'En lenke virker én gang. Hvis du nettopp har valgt et passord med den, logger du på med det.',
        'Hvis det ikke var deg, ber du om en ny lenke nå og sier fra til den som driver serveren.',
      ],
    },
    'link-locked': {
      title: 'Denne lenken gjelder ikke lenger',
      sentences: [
        'Feil kode ble skrevet inn for mange ganger. Be om en ny lenke.',
        'Hvis det ikke var deg, si fra til den som driver serveren.',
      ],
    },
    'link-unknown': {
      title: 'Denne lenken virker ikke',
      sentences: ['Denne serveren kjenner ikke lenken, eller ikke lenger. Be om en ny.'],
    },
    'link-superseded': {
      title: 'Det fortsatte et annet sted',
      sentences: [
        'Lenken din ble åpnet igjen, eller PIN-koden din ble skrevet inn igjen, i en annen fane eller på en annen enhet. Bare siden som ble åpnet sist, virker: velg passordet ditt der.',
        'Finner du ikke den siden, eller var det ikke deg? Be om en ny lenke. Hvis det ikke var deg, sier du også fra til den som driver serveren.',
      ],
    },
    'link-broken': {
      title: 'Denne lenken er ikke fullstendig',
      sentences: [
        'En del av den gikk tapt underveis. Åpne den fra meldingen igjen, eller kopier hele lenken, helt til slutten.',
        'Hvis det ikke hjelper, ber du om en ny.',
      ],
    },
    'link-missing': {
      title: 'Åpne lenken fra meldingen din',
      sentences: [
        'Et nytt passord velges med en lenke som vi sender deg. Åpne den fra meldingen, eller be om en.',
      ],
    },
    'account-unavailable': {
      title: 'Dette passordet kan ikke endres her',
      sentences: ['Be den som driver serveren, om hjelp med denne kontoen.'],
    },
    'account-elsewhere': {
      title: 'Dette passordet lagres et annet sted',
      sentences: [
        'Et annet system har passordet til denne kontoen, ikke Jellyfin. Endre det der; da virker det nye også her.',
        'Hvis du ikke vet hvor det er, spør du den som driver serveren.',
      ],
    },
  },
  myAccount,
};
