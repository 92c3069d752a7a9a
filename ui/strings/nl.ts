import { myAccount } from './my-account/nl.ts';
import type { SomeStrings } from './some-strings.ts';

// Read by a native speaker: no.

/** Dutch words of our pages. */
export const nl: SomeStrings = {
  signIn: 'Aanmelden',
  backToSignIn: 'Terug naar aanmelden',
  askForLink: 'Nieuwe link aanvragen',
  changeElsewhere: 'Daar wijzigen',
  tryAgain: 'Opnieuw proberen',
  userName: 'Gebruikersnaam',
  choose: {
    title: 'Nieuw wachtwoord kiezen',
    onServer: 'voor je account op',
    checking: 'Je link wordt gecontroleerd…',
    checkFailed: 'Je link kon niet worden gecontroleerd',
    password: 'Nieuw wachtwoord',
    again: 'Nieuw wachtwoord nogmaals',
    show: 'Tonen',
    hide: 'Verbergen',
    showPassword: 'Wachtwoord tonen',
    hidePassword: 'Wachtwoord verbergen',
    isShown: 'Je wachtwoord is op het scherm te lezen',
    isHidden: 'Je wachtwoord is verborgen',
    rulesTitle: 'Je nieuwe wachtwoord',
    isMet: 'Voldaan',
    isBroken: 'Niet voldaan',
    stillToDo: 'Ontbreekt nog:',
    allMet: 'Dit wachtwoord voldoet aan elke regel',
    empty: 'Kies een nieuw wachtwoord.',
    mismatch: 'De twee wachtwoorden zijn niet gelijk.',
    submit: 'Nieuw wachtwoord instellen',
    working: 'Je wachtwoord wordt ingesteld…',
    workingHint: 'Dit kan enkele seconden duren. Laat deze pagina open.',
    linkStillGood: 'Je link is nog geldig.',
    codeLead:
      'Voor beheerders is ook een code nodig. Die bereikt je op een andere manier dan het bericht dat je hebt.',
    codeSentBy: 'Verstuurd via:',
    anotherCode: 'Stuur me nog een code',
  },
  account: {
    title: 'Wachtwoord vergeten?',
    lead: 'Vertel ons wie je bent. We sturen je een bericht waarmee je een nieuw wachtwoord kiest.',
    enteredName: 'Gebruikersnaam of e-mailadres',
    empty: 'Typ je gebruikersnaam of je e-mailadres.',
    tooLong: 'Dat is te lang voor een gebruikersnaam of e-mailadres.',
    submit: 'Stuur me een bericht',
    working: 'Bezig met verzenden…',
  },
  asked: {
    title: 'Kijk in je berichten',
    sentences: [
      'Als we dit account kennen en weten hoe we je kunnen bereiken, is er een bericht met een link onderweg.',
    ],
    nothingCame: 'Niets gekomen?',
    advice: [
      'Wacht enkele minuten en kijk in de spammap.',
      'Controleer de spelling: typ je gebruikersnaam zoals die op de aanmeldpagina staat.',
      'Vraag het aan wie de server beheert. Misschien is je e-mailadres daar niet bekend.',
    ],
    again: 'Een andere naam proberen',
  },
  askedPin: {
    sentences: [
      'Als we dit account kennen en weten hoe we je kunnen bereiken, is er een bericht met een pincode onderweg.',
    ],
    enter: 'Pincode typen',
  },
  pin: {
    title: 'Nieuw wachtwoord kiezen',
    go: 'Druk op de knop om verder te gaan. Je wachtwoord blijft zoals het is tot je een nieuw hebt gekozen.',
    type: 'Typ de pincode uit het bericht dat we je hebben gestuurd. Je wachtwoord blijft zoals het is tot je een nieuw hebt gekozen.',
    label: 'Pincode',
    empty: 'Typ de pincode uit het bericht.',
    submit: 'Verder',
    working: 'Een ogenblik…',
    unknown: 'Deze pincode klopt niet. Vergelijk hem met het bericht, of vraag een nieuwe aan.',
    expired: 'Deze pincode is verlopen. Vraag een nieuwe aan.',
    used: 'Deze pincode is al gebruikt: er is een nieuw wachtwoord gekozen sinds hij is verstuurd. Was jij dat niet, vraag dan nu een nieuwe pincode aan en waarschuw wie de server beheert.',
    broken: 'De link was niet volledig. Typ in plaats daarvan de pincode uit het bericht.',
    askAgain: 'Nieuwe pincode aanvragen',
  },
  rules: {
    'too-short': ({ minLength }) => `Minstens ${minLength} tekens`,
    'too-long': ({ maxLength }) => `Hoogstens ${maxLength} tekens`,
    common: () => 'Geen van de wachtwoorden die iedereen gebruikt',
    'contains-name': () => 'Zonder je gebruikersnaam, de naam van de server en het woord “jellyfin”',
  },
  faults: {
    'too-short': ({ minLength }) => `Dit wachtwoord is te kort. Gebruik minstens ${minLength} tekens.`,
    'too-long': ({ maxLength }) => `Dit wachtwoord is te lang. Gebruik hoogstens ${maxLength} tekens.`,
    common: () => 'Veel mensen gebruiken dit wachtwoord, dus het is makkelijk te raden. Kies een ander.',
    'contains-name': () => 'Laat je gebruikersnaam, de naam van de server en het woord “jellyfin” weg.',
  },
  problems: {
    'no-connection': 'De server gaf geen antwoord. Controleer je verbinding en probeer het opnieuw.',
    'jellyfin-unreachable':
      'Jellyfin is op dit moment niet bereikbaar. Probeer het over enkele minuten opnieuw.',
    'change-not-kept':
      'Jellyfin heeft het nieuwe wachtwoord niet bewaard. Probeer het opnieuw; gaat het weer mis, waarschuw dan wie de server beheert.',
    'link-busy':
      'Met deze link wordt nu al een wachtwoord ingesteld, misschien in een ander tabblad. Wacht even en probeer het dan opnieuw.',
    'password-refused': 'De server aanvaardt dit wachtwoord niet. Kies een ander.',
    'too-many-requests': 'Dat waren te veel pogingen. Wacht enkele minuten en probeer het dan opnieuw.',
    'proof-needed': 'De server krijgt op dit moment veel aanvragen. Wacht even en probeer het dan opnieuw.',
    'signed-out': 'Je bent niet meer aangemeld. Meld je opnieuw aan.',
    'sign-in-refused': 'Jellyfin heeft je niet binnengelaten. Controleer naam en wachtwoord.',
    'password-wrong': 'Dit is niet je wachtwoord. Typ het opnieuw.',
    'address-refused': 'Dit is geen adres van die soort. Controleer hoe het geschreven is.',
    'code-needed': 'Voor dit account is ook een code nodig. Laat er een sturen en typ hem in.',
    'code-wrong': 'Dit is niet de code die is verstuurd. Controleer hem en probeer het opnieuw.',
    'code-expired': 'De code is verlopen. Begin opnieuw.',
    'codes-used-up':
      'Voor deze link wordt geen code meer verstuurd. Typ de laatste in, of vraag een nieuwe link aan.',
    'bad-body': 'De server begreep de aanvraag niet. Laad de pagina opnieuw en probeer het nog eens.',
    'not-found': 'Deze server biedt op dit moment geen nieuwe wachtwoorden. Waarschuw wie de server beheert.',
    unavailable:
      'Dit deel van de server is op dit moment niet beschikbaar. Probeer het over enkele minuten opnieuw.',
    internal:
      'Er is iets misgegaan op de server. Probeer het opnieuw; gaat het weer mis, waarschuw dan wie de server beheert.',
  },
  ends: {
    done: {
      title: 'Je wachtwoord is gewijzigd',
      sentences: ['Je bent overal afgemeld. Meld je op elk van je apparaten aan met je nieuwe wachtwoord.'],
    },
    'link-expired': {
      title: 'Deze link is verlopen',
      sentences: ['Voor je veiligheid werkt een link maar kort. Vraag een nieuwe aan.'],
    },
    'link-used': {
      title: 'Deze link is al gebruikt',
      sentences: [
        'Een link werkt één keer. Heb je er net een wachtwoord mee gekozen, meld je dan daarmee aan.',
        'Was jij dat niet, vraag dan nu een nieuwe link aan en waarschuw wie de server beheert.',
      ],
    },
    'link-locked': {
      title: 'Deze link is niet meer geldig',
      sentences: [
        'Er is te vaak een verkeerde code ingetypt. Vraag een nieuwe link aan.',
        'Was jij dat niet, laat het dan weten aan degene die de server beheert.',
      ],
    },
    'link-unknown': {
      title: 'Deze link werkt niet',
      sentences: ['Deze server kent de link niet, of niet meer. Vraag een nieuwe aan.'],
    },
    'link-superseded': {
      title: 'Dit ging elders verder',
      sentences: [
        'Je link is opnieuw geopend, of je pincode opnieuw getypt, in een ander tabblad of op een ander apparaat. Alleen de laatst geopende pagina werkt: kies je wachtwoord daar.',
        'Vind je die pagina niet, of was jij het niet? Vraag een nieuwe link aan. Was jij het niet, waarschuw dan ook wie de server beheert.',
      ],
    },
    'link-broken': {
      title: 'Deze link is niet volledig',
      sentences: [
        'Een deel is onderweg verloren gegaan. Open hem opnieuw vanuit het bericht, of kopieer de hele link, tot het einde.',
        'Helpt dat niet, vraag dan een nieuwe aan.',
      ],
    },
    'link-missing': {
      title: 'Open de link uit je bericht',
      sentences: [
        'Een nieuw wachtwoord kies je met een link die we je sturen. Open hem vanuit het bericht, of vraag er een aan.',
      ],
    },
    'account-unavailable': {
      title: 'Dit wachtwoord kan hier niet worden gewijzigd',
      sentences: ['Vraag wie de server beheert om hulp met dit account.'],
    },
    'account-elsewhere': {
      title: 'Dit wachtwoord wordt elders bewaard',
      sentences: [
        'Een ander systeem bewaart het wachtwoord van dit account, niet Jellyfin. Wijzig het daar; het nieuwe werkt dan ook hier.',
        'Weet je niet waar dat is, vraag het dan aan wie de server beheert.',
      ],
    },
  },
  myAccount,
};
