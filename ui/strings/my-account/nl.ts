import type { MyAccountWords, SpentLinkWords } from './en.ts';

// Read by a native speaker: no.

const undoEnds: SpentLinkWords = {
  unknown: {
    title: 'Deze link werkt niet',
    sentences: [
      'Deze server kent hem niet, of niet meer. Meld je aan bij Mijn account om te zien hoe je bereikt wordt.',
    ],
  },
  expired: {
    title: 'Het is te laat om dit hier ongedaan te maken',
    sentences: ['De link werkte een dag. Meld je aan bij Mijn account en wijzig daar hoe je bereikt wordt.'],
  },
  used: {
    title: 'Dit is al ongedaan gemaakt',
    sentences: ['De link werkt één keer. Meld je aan bij Mijn account om te zien hoe je bereikt wordt.'],
  },
  broken: {
    title: 'De link is niet volledig',
    sentences: [
      'Onderweg is een deel verloren gegaan. Kopieer de hele link uit het bericht, tot het allerlaatste teken.',
    ],
  },
  missing: {
    title: 'Open de link uit het bericht',
    sentences: ['Een wijziging maak je ongedaan met de link in het bericht waarin ze je werd gemeld.'],
  },
};

const invitationEnds: SpentLinkWords = {
  unknown: {
    title: 'Deze uitnodiging werkt niet',
    sentences: ['Deze server kent haar niet, of niet meer. Vraag een nieuwe aan wie de server beheert.'],
  },
  expired: {
    title: 'Deze uitnodiging is verlopen',
    sentences: ['Een uitnodiging werkt een paar dagen. Vraag een nieuwe aan wie de server beheert.'],
  },
  used: {
    title: 'Deze uitnodiging is al gebruikt',
    sentences: [
      'Ze werkt één keer. Was jij dat niet, meld het dan aan wie de server beheert.',
      'Je kunt altijd wijzigen hoe je bereikt wordt: meld je aan bij Mijn account.',
    ],
  },
  broken: {
    title: 'De uitnodiging is niet volledig',
    sentences: [
      'Onderweg is een deel van de link verloren gegaan. Kopieer de hele link, tot het allerlaatste teken.',
    ],
  },
  missing: {
    title: 'Open de link van je uitnodiging',
    sentences: ['Deze pagina heeft de link nodig die je kreeg van wie de server beheert.'],
  },
};

/** Words of My Account and of the pages that belong to it, in Dutch. */
export const myAccount: MyAccountWords = {
  title: 'Mijn account',
  opening: 'Een ogenblik…',
  mail: 'E-mail',
  reachesBy: 'Deze server kan berichten sturen via:',
  password: 'Je wachtwoord',
  back: 'Annuleren',
  working: 'Een ogenblik…',
  signIn: {
    title: 'Aanmelden bij Mijn account',
    lead: 'Bekijk en wijzig hoe je bereikt wordt, en wijzig je wachtwoord.',
    password: 'Wachtwoord',
    empty: 'Typ je gebruikersnaam.',
    working: 'Bezig met aanmelden…',
    notHandedOver: 'Jellyfin kon je hier niet aanmelden. Meld je hieronder aan.',
    signedOff: 'Je bent op deze pagina afgemeld.',
  },
  quickConnect: {
    open: 'Aanmelden met Quick Connect',
    lead: 'Open op een apparaat dat bij Jellyfin is aangemeld Quick Connect in de instellingen en typ deze code:',
    waiting: 'Wachten tot de code is ingevoerd. Hij werkt tien minuten.',
    again: 'Nieuwe code ophalen',
  },
  contacts: {
    title: 'Hoe je bereikt wordt',
    lead: 'Berichten proberen het in deze volgorde.',
    none: 'We kunnen je nog niet bereiken. Zonder een manier om je te bereiken is er geen nieuw wachtwoord als je het jouwe vergeet.',
    verified: 'Bevestigd',
    unverified: 'Nog niet bevestigd',
    refused: 'Werkt niet meer: vervang het',
    up: 'Omhoog',
    down: 'Omlaag',
    replace: 'Vervangen',
    remove: 'Verwijderen',
    add: 'Toevoegen',
    addTitle: 'Meer manieren om je te bereiken',
    moved: 'De volgorde is gewijzigd.',
    saved: 'Zo word je vanaf nu bereikt.',
    removed: 'Verwijderd. We laten het weten aan het verwijderde adres.',
  },
  linking: {
    addTitle: 'Een manier toevoegen om je te bereiken',
    replaceTitle: 'Een manier vervangen om je te bereiken',
    mailAddress: 'E-mailadres',
    address: 'Adres',
    emptyAddress: 'Typ het adres.',
    whyPassword: 'Nog een keer je wachtwoord, zodat niemand anders wijzigt hoe je bereikt wordt.',
    sendCode: 'Stuur me een code',
    getCode: 'Toon me een code',
    codeSent: 'Er is een code naar je onderweg. Hij werkt tien minuten.',
    code: 'Code',
    emptyCode: 'Typ de code uit het bericht.',
    confirm: 'Bevestigen',
    noCode: 'Opnieuw beginnen',
    sendToBot: 'Stuur deze code naar:',
    openBot: 'Openen met de code',
    connect: 'Inloggen bij Discord',
    notConnected: 'Er is niets gekoppeld, want het is daar niet toegestaan. Je kunt het opnieuw proberen.',
    scan: 'Of scan dit met je telefoon:',
    qr: 'QR-code met dezelfde link',
    waiting: 'Wachten op je bericht. De code werkt tien minuten.',
  },
  removing: {
    title: 'Een manier verwijderen om je te bereiken',
    last: 'Het is de enige: zonder is er geen nieuw wachtwoord als je het jouwe vergeet.',
    submit: 'Nu verwijderen',
  },
  language: {
    title: 'Taal van berichten',
    label: 'Taal',
    browser: 'Zoals in de browser of app die het vraagt',
    submit: 'Taal opslaan',
    saved: 'De taal is opgeslagen.',
  },
  passwords: {
    title: 'Wachtwoord',
    open: 'Wachtwoord wijzigen',
    elsewhere: 'Een ander systeem bewaart het wachtwoord van dit account, niet Jellyfin. Wijzig het daar.',
    current: 'Huidig wachtwoord',
    submit: 'Wachtwoord wijzigen',
    done: {
      title: 'Je nieuwe wachtwoord is ingesteld',
      sentences: ['Je bent overal afgemeld. Meld je op elk van je apparaten aan met je nieuwe wachtwoord.'],
    },
    signInAgain: 'Opnieuw aanmelden bij Mijn account',
  },
  events: {
    title: 'Wat er de laatste tijd gebeurde',
    none: 'Nog niets.',
    home: 'thuisnetwerk',
    more: 'Alles tonen',
    words: {
      'account-signed-in': 'Een aanmelding bij Mijn account',
      'login-failed': 'Een aanmelding met een verkeerd wachtwoord',
      'login-held': 'Aanmeldingen zijn tegengehouden na te veel verkeerde wachtwoorden',
      'account-unlocked': 'Je account is ontgrendeld',
      'message-sent': 'Er is een bericht naar je verstuurd',
      'link-made': 'Een beheerder heeft een link voor een nieuw wachtwoord gemaakt',
      'pin-accepted': 'Er is een pincode ingevoerd',
      'password-changed': 'Je wachtwoord is gewijzigd',
      'password-not-changed': 'Een nieuw wachtwoord kon niet worden ingesteld',
      'contact-added': 'Een manier om je te bereiken is toegevoegd',
      'contact-changed': 'Een manier om je te bereiken is vervangen',
      'contact-verified': 'Een manier om je te bereiken is bevestigd',
      'contact-removed': 'Een manier om je te bereiken is verwijderd',
      'contact-undone': 'Een wijziging van hoe je te bereiken bent is ongedaan gemaakt',
      'contact-refused': 'Een manier om je te bereiken werkt niet meer',
      'invitation-made': 'Een beheerder heeft een uitnodiging voor je gemaakt',
      'devices-signed-out': 'Apparaten zijn afgemeld',
    },
  },
  devices: {
    title: 'Aangemelde apparaten',
    none: 'Er is geen apparaat aangemeld.',
    unknown: 'Welke apparaten zijn aangemeld, is hier niet te zeggen.',
    lastSeen: 'Laatst gezien:',
    signOut: 'Afmelden',
    all: 'Alle apparaten afmelden',
    signedOut: 'Het apparaat is afgemeld.',
    allSignedOut: 'Alle apparaten zijn afgemeld.',
  },
  signOff: 'Afmelden op deze pagina',
  undo: {
    title: 'Deze wijziging ongedaan maken',
    sentences: [
      'Een manier om dit account te bereiken is vervangen of verwijderd. Was jij dat niet, maak het dan hier ongedaan.',
      'De oude geldt dan weer, de nieuwe is geblokkeerd, en iedereen wordt afgemeld bij Mijn account.',
    ],
    submit: 'Wijziging ongedaan maken',
    working: 'Bezig met ongedaan maken…',
    done: {
      title: 'De wijziging is ongedaan gemaakt',
      sentences: [
        'Je wordt weer bereikt zoals voorheen. Niemand is nog aangemeld bij Mijn account.',
        'Iemand kende je wachtwoord: kies nu een nieuw.',
      ],
    },
    newPassword: 'Nieuw wachtwoord kiezen',
    ends: undoEnds,
  },
  invitation: {
    title: 'Zeg hoe je bereikt wordt',
    lead: 'Zo krijg je een bericht als je je wachtwoord vergeet. Verder wordt er niets gewijzigd.',
    choose: 'Hoe wil je bereikt worden?',
    none: 'Deze server kan op dit moment geen berichten sturen. Meld het aan wie hem beheert.',
    done: {
      title: 'Dat is alles',
      sentences: [
        'Vanaf nu krijg je een bericht waarmee je een nieuw wachtwoord kiest, mocht je het jouwe vergeten.',
      ],
    },
    ends: invitationEnds,
  },
  account: 'Account',
  server: 'op',
  checkFailed: 'De link kon niet worden gecontroleerd',
  toMyAccount: 'Naar Mijn account',
};
