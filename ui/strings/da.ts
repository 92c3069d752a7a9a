import { myAccount } from './my-account/da.ts';
import type { SomeStrings } from './some-strings.ts';

// Read by a native speaker: no.

/** Danish words of our pages. */
export const da: SomeStrings = {
  signIn: 'Log ind',
  backToSignIn: 'Tilbage til login',
  askForLink: 'Bed om et nyt link',
  changeElsewhere: 'Skift den dér',
  tryAgain: 'Prøv igen',
  userName: 'Brugernavn',
  choose: {
    title: 'Vælg en ny adgangskode',
    onServer: 'til din konto på',
    checking: 'Dit link kontrolleres…',
    checkFailed: 'Dit link kunne ikke kontrolleres',
    password: 'Ny adgangskode',
    again: 'Ny adgangskode igen',
    show: 'Vis',
    hide: 'Skjul',
    showPassword: 'Vis adgangskoden',
    hidePassword: 'Skjul adgangskoden',
    isShown: 'Din adgangskode kan læses på skærmen',
    isHidden: 'Din adgangskode er skjult',
    rulesTitle: 'Din nye adgangskode',
    isMet: 'Opfyldt',
    isBroken: 'Ikke opfyldt',
    stillToDo: 'Mangler stadig:',
    allMet: 'Denne adgangskode opfylder alle regler',
    empty: 'Vælg en ny adgangskode.',
    mismatch: 'De to adgangskoder er ikke ens.',
    submit: 'Gem den nye adgangskode',
    working: 'Din adgangskode gemmes…',
    workingHint: 'Det kan tage nogle sekunder. Lad denne side være åben.',
    linkStillGood: 'Dit link gælder stadig.',
    codeLead: 'Administratorer skal også bruge en kode. Den når dig ad en anden vej end den besked, du har.',
    codeSentBy: 'Sendt via:',
    anotherCode: 'Send mig en kode til',
  },
  account: {
    title: 'Glemt din adgangskode?',
    lead: 'Fortæl os, hvem du er. Vi sender dig en besked, som du vælger en ny adgangskode med.',
    enteredName: 'Brugernavn eller e-mailadresse',
    empty: 'Skriv dit brugernavn eller din e-mailadresse.',
    tooLong: 'Det er for langt til et brugernavn eller en e-mailadresse.',
    submit: 'Send mig en besked',
    working: 'Sender…',
  },
  asked: {
    title: 'Se i dine beskeder',
    sentences: ['Hvis vi kender denne konto og ved, hvordan vi når dig, er en besked med et link på vej.'],
    nothingCame: 'Er der ikke kommet noget?',
    advice: [
      'Vent nogle minutter, og se i spammappen.',
      'Kontroller stavningen: skriv dit brugernavn, som det står på loginsiden.',
      'Spørg den, der driver serveren. Måske har vedkommende ikke din e-mailadresse.',
    ],
    again: 'Prøv et andet navn',
  },
  askedPin: {
    sentences: [
      'Hvis vi kender denne konto og ved, hvordan vi når dig, er en besked med en PIN-kode på vej.',
    ],
    enter: 'Skriv PIN-koden',
  },
  pin: {
    title: 'Vælg en ny adgangskode',
    go: 'Tryk på knappen for at gå videre. Din adgangskode forbliver, som den er, indtil du har valgt en ny.',
    type: 'Skriv PIN-koden fra den besked, vi har sendt dig. Din adgangskode forbliver, som den er, indtil du har valgt en ny.',
    label: 'PIN-kode',
    empty: 'Skriv PIN-koden fra beskeden.',
    submit: 'Fortsæt',
    working: 'Et øjeblik…',
    unknown: 'Denne PIN-kode er ikke rigtig. Sammenlign den med beskeden, eller bed om en ny.',
    expired: 'Denne PIN-kode er udløbet. Bed om en ny.',
    used: 'Denne PIN-kode er brugt: der er valgt en ny adgangskode, siden den blev sendt. Hvis det ikke var dig, så bed om en ny PIN-kode nu, og sig det til den, der driver serveren.',
    broken: 'Linket var ikke komplet. Skriv PIN-koden fra beskeden i stedet.',
    askAgain: 'Bed om en ny PIN-kode',
  },
  rules: {
    'too-short': ({ minLength }) => `Mindst ${minLength} tegn`,
    'too-long': ({ maxLength }) => `Højst ${maxLength} tegn`,
    common: () => 'Ikke en adgangskode, som alle bruger',
    'contains-name': () => 'Uden dit brugernavn, serverens navn og ordet ”jellyfin”',
  },
  faults: {
    'too-short': ({ minLength }) => `Denne adgangskode er for kort. Brug mindst ${minLength} tegn.`,
    'too-long': ({ maxLength }) => `Denne adgangskode er for lang. Brug højst ${maxLength} tegn.`,
    common: () => 'Mange bruger denne adgangskode, så den er let at gætte. Vælg en anden.',
    'contains-name': () => 'Udelad dit brugernavn, serverens navn og ordet ”jellyfin”.',
  },
  problems: {
    'no-connection': 'Serveren svarede ikke. Kontroller din forbindelse, og prøv igen.',
    'jellyfin-unreachable': 'Jellyfin kan ikke nås i øjeblikket. Prøv igen om nogle minutter.',
    'change-not-kept':
      'Jellyfin beholdt ikke den nye adgangskode. Prøv igen; hvis det går galt igen, så sig det til den, der driver serveren.',
    'link-busy':
      'Der bliver lige nu gemt en adgangskode med dette link, måske i en anden fane. Vent et øjeblik, og prøv så igen.',
    'password-refused': 'Serveren godtager ikke denne adgangskode. Vælg en anden.',
    'too-many-requests': 'Det var for mange forsøg. Vent nogle minutter, og prøv så igen.',
    'proof-needed': 'Serveren får mange forespørgsler i øjeblikket. Vent et øjeblik, og prøv så igen.',
    'signed-out': 'Du er ikke længere logget ind. Log ind igen.',
    'sign-in-refused': 'Jellyfin lukkede dig ikke ind. Kontroller navn og adgangskode.',
    'password-wrong': 'Det er ikke din adgangskode. Skriv den igen.',
    'address-refused': 'Det er ikke en adresse af den slags. Kontroller, hvordan den er skrevet.',
    'code-needed': 'Til denne konto skal du også bruge en kode. Få sendt en, og skriv den.',
    'code-wrong': 'Det er ikke den kode, der blev sendt. Kontroller den, og prøv igen.',
    'code-expired': 'Koden er udløbet. Begynd forfra.',
    'codes-used-up':
      'Der sendes ikke flere koder til dette link. Skriv den seneste, eller bed om et nyt link.',
    'bad-body': 'Serveren forstod ikke forespørgslen. Genindlæs siden, og prøv igen.',
    'not-found':
      'Denne server tilbyder ikke nye adgangskoder i øjeblikket. Sig det til den, der driver serveren.',
    unavailable: 'Denne del af serveren er ikke tilgængelig i øjeblikket. Prøv igen om nogle minutter.',
    internal:
      'Noget gik galt på serveren. Prøv igen; hvis det går galt igen, så sig det til den, der driver serveren.',
  },
  ends: {
    done: {
      title: 'Din adgangskode er ændret',
      sentences: ['Du er logget ud overalt. Log ind med din nye adgangskode på hver af dine enheder.'],
    },
    'link-expired': {
      title: 'Dette link er udløbet',
      sentences: ['For din sikkerhed virker et link kun kort tid. Bed om et nyt.'],
    },
    'link-used': {
      title: 'Dette link er allerede brugt',
      sentences: [
        'Et link virker én gang. Hvis du lige har valgt en adgangskode med det, så log ind med den.',
        'Hvis det ikke var dig, så bed om et nyt link nu, og sig det til den, der driver serveren.',
      ],
    },
    'link-locked': {
      title: 'Dette link gælder ikke længere',
      sentences: [
        'Der er skrevet en forkert kode for mange gange. Bed om et nyt link.',
        'Hvis det ikke var dig, så sig det til den, der driver serveren.',
      ],
    },
    'link-unknown': {
      title: 'Dette link virker ikke',
      sentences: ['Denne server kender ikke linket, eller ikke længere. Bed om et nyt.'],
    },
    'link-superseded': {
      title: 'Det fortsatte et andet sted',
      sentences: [
        'Dit link blev åbnet igen, eller din PIN-kode blev skrevet igen, i en anden fane eller på en anden enhed. Kun den side, der blev åbnet sidst, virker: vælg din adgangskode dér.',
        'Kan du ikke finde den side, eller var det ikke dig? Bed om et nyt link. Hvis det ikke var dig, så sig det også til den, der driver serveren.',
      ],
    },
    'link-broken': {
      title: 'Dette link er ikke komplet',
      sentences: [
        'En del af det gik tabt undervejs. Åbn det fra beskeden igen, eller kopier hele linket, helt til slutningen.',
        'Hvis det ikke hjælper, så bed om et nyt.',
      ],
    },
    'link-missing': {
      title: 'Åbn linket fra din besked',
      sentences: [
        'En ny adgangskode vælges med et link, som vi sender dig. Åbn det fra beskeden, eller bed om et.',
      ],
    },
    'account-unavailable': {
      title: 'Denne adgangskode kan ikke ændres her',
      sentences: ['Bed den, der driver serveren, om hjælp med denne konto.'],
    },
    'account-elsewhere': {
      title: 'Denne adgangskode gemmes et andet sted',
      sentences: [
        'Et andet system har adgangskoden til denne konto, ikke Jellyfin. Skift den dér; så virker den nye også her.',
        'Hvis du ikke ved, hvor det er, så spørg den, der driver serveren.',
      ],
    },
  },
  myAccount,
};
