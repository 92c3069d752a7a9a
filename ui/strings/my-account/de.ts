import type { MyAccountWords, SpentLinkWords } from './en.ts';

const undoEnds: SpentLinkWords = {
  unknown: {
    title: 'Dieser Link funktioniert nicht',
    sentences: [
      'Der Server kennt ihn nicht oder nicht mehr. Melde dich bei „Mein Konto“ an und sieh nach, wie du erreicht wirst.',
    ],
  },
  expired: {
    title: 'Hier lässt sich das nicht mehr rückgängig machen',
    sentences: [
      'Der Link galt einen Tag. Melde dich bei „Mein Konto“ an und ändere dort, wie du erreicht wirst.',
    ],
  },
  used: {
    title: 'Das ist schon rückgängig gemacht',
    sentences: ['Der Link gilt einmal. Melde dich bei „Mein Konto“ an und sieh nach, wie du erreicht wirst.'],
  },
  broken: {
    title: 'Der Link ist nicht vollständig',
    sentences: [
      'Ein Teil davon ist unterwegs verloren gegangen. Kopiere den ganzen Link aus der Nachricht, bis zum letzten Zeichen.',
    ],
  },
  missing: {
    title: 'Öffne den Link aus der Nachricht',
    sentences: [
      'Eine Änderung machst du mit dem Link aus der Nachricht rückgängig, die dir davon berichtet hat.',
    ],
  },
};

const invitationEnds: SpentLinkWords = {
  unknown: {
    title: 'Diese Einladung funktioniert nicht',
    sentences: [
      'Der Server kennt sie nicht oder nicht mehr. Bitte die Person, die ihn betreibt, um eine neue.',
    ],
  },
  expired: {
    title: 'Diese Einladung ist abgelaufen',
    sentences: ['Eine Einladung gilt einige Tage. Bitte die Person, die den Server betreibt, um eine neue.'],
  },
  used: {
    title: 'Diese Einladung wurde schon benutzt',
    sentences: [
      'Sie gilt einmal. Warst du das nicht, sag der Person Bescheid, die den Server betreibt.',
      'Wie du erreicht wirst, kannst du jederzeit ändern: Melde dich bei „Mein Konto“ an.',
    ],
  },
  broken: {
    title: 'Die Einladung ist nicht vollständig',
    sentences: [
      'Ein Teil des Links ist unterwegs verloren gegangen. Kopiere den ganzen Link bis zum letzten Zeichen.',
    ],
  },
  missing: {
    title: 'Öffne den Link deiner Einladung',
    sentences: ['Diese Seite braucht den Link, den dir die Person gegeben hat, die den Server betreibt.'],
  },
};

/** Words of My Account and of the pages that belong to it, in German. */
export const myAccount: MyAccountWords = {
  title: 'Mein Konto',
  opening: 'Einen Moment…',
  mail: 'E-Mail',
  reachesBy: 'Dieser Server kann Nachrichten schicken über:',
  password: 'Dein Passwort',
  back: 'Abbrechen',
  working: 'Einen Moment…',
  signIn: {
    title: 'Bei „Mein Konto“ anmelden',
    lead: 'Sieh und ändere, wie du erreicht wirst, und ändere dein Passwort.',
    password: 'Passwort',
    empty: 'Gib deinen Benutzernamen ein.',
    working: 'Du wirst angemeldet…',
    notHandedOver: 'Jellyfin konnte dich hier nicht anmelden. Melde dich unten an.',
    signedOff: 'Du bist auf dieser Seite abgemeldet.',
  },
  quickConnect: {
    open: 'Mit Quick Connect anmelden',
    lead: 'Öffne auf einem Gerät, das bei Jellyfin angemeldet ist, in den Einstellungen Quick Connect und gib diesen Code ein:',
    waiting: 'Warten, bis der Code eingegeben ist. Er gilt zehn Minuten.',
    again: 'Neuen Code holen',
  },
  contacts: {
    title: 'Wie du erreicht wirst',
    lead: 'Nachrichten versuchen es in dieser Reihenfolge.',
    none: 'Wir können dich noch nicht erreichen. So gibt es kein neues Passwort, wenn du deines vergisst.',
    verified: 'Bestätigt',
    unverified: 'Noch nicht bestätigt',
    refused: 'Funktioniert nicht mehr: ersetze es',
    up: 'Nach oben',
    down: 'Nach unten',
    replace: 'Ersetzen',
    remove: 'Entfernen',
    add: 'Hinzufügen',
    addTitle: 'Weitere Wege, dich zu erreichen',
    moved: 'Die Reihenfolge ist geändert.',
    saved: 'So wirst du von jetzt an erreicht.',
    removed: 'Entfernt. Die entfernte Adresse bekommt eine Nachricht davon.',
  },
  linking: {
    addTitle: 'Einen Weg hinzufügen, dich zu erreichen',
    replaceTitle: 'Einen Weg ersetzen, dich zu erreichen',
    mailAddress: 'E-Mail-Adresse',
    address: 'Adresse',
    emptyAddress: 'Gib die Adresse ein.',
    whyPassword: 'Dein Passwort noch einmal, damit niemand sonst ändert, wie du erreicht wirst.',
    sendCode: 'Code schicken',
    getCode: 'Code zeigen',
    codeSent: 'Ein Code ist zu dir unterwegs. Er gilt zehn Minuten.',
    code: 'Code',
    emptyCode: 'Gib den Code aus der Nachricht ein.',
    confirm: 'Bestätigen',
    noCode: 'Von vorn beginnen',
    sendToBot: 'Schick diesen Code an:',
    openBot: 'Mit dem Code öffnen',
    connect: 'Bei Discord anmelden',
    notConnected:
      'Es wurde nichts verbunden, denn dort wurde es nicht erlaubt. Du kannst es noch einmal versuchen.',
    scan: 'Oder scanne das mit deinem Telefon:',
    qr: 'QR-Code mit demselben Link',
    waiting: 'Warten auf deine Nachricht. Der Code gilt zehn Minuten.',
  },
  removing: {
    title: 'Einen Weg entfernen, dich zu erreichen',
    last: 'Es ist der einzige: Ohne ihn gibt es kein neues Passwort, wenn du deines vergisst.',
    submit: 'Jetzt entfernen',
  },
  language: {
    title: 'Sprache der Nachrichten',
    label: 'Sprache',
    browser: 'Wie im Browser oder in der App, die fragt',
    submit: 'Sprache speichern',
    saved: 'Die Sprache ist gespeichert.',
  },
  passwords: {
    title: 'Passwort',
    open: 'Passwort ändern',
    elsewhere: 'Das Passwort dieses Kontos verwaltet ein anderes System, nicht Jellyfin. Ändere es dort.',
    current: 'Jetziges Passwort',
    submit: 'Passwort ändern',
    done: {
      title: 'Dein neues Passwort gilt',
      sentences: [
        'Du bist überall abgemeldet. Melde dich auf jedem deiner Geräte mit dem neuen Passwort an.',
      ],
    },
    signInAgain: 'Neu bei „Mein Konto“ anmelden',
  },
  events: {
    title: 'Was zuletzt geschah',
    none: 'Noch nichts.',
    home: 'Heimnetz',
    more: 'Alles zeigen',
    words: {
      'account-signed-in': 'Anmeldung bei „Mein Konto“',
      'login-failed': 'Eine Anmeldung mit falschem Passwort',
      'login-held': 'Anmeldungen wurden nach zu vielen falschen Passwörtern zurückgehalten',
      'account-unlocked': 'Dein Konto wurde entsperrt',
      'message-sent': 'Eine Nachricht wurde dir geschickt',
      'link-made': 'Ein Link für ein neues Passwort wurde von der Verwaltung gemacht',
      'pin-accepted': 'Eine PIN wurde eingegeben',
      'password-changed': 'Dein Passwort wurde geändert',
      'password-not-changed': 'Ein neues Passwort konnte nicht gesetzt werden',
      'contact-added': 'Ein Weg, dich zu erreichen, wurde hinzugefügt',
      'contact-changed': 'Ein Weg, dich zu erreichen, wurde ersetzt',
      'contact-verified': 'Ein Weg, dich zu erreichen, wurde bestätigt',
      'contact-removed': 'Ein Weg, dich zu erreichen, wurde entfernt',
      'contact-undone': 'Eine Änderung, wie du erreicht wirst, wurde rückgängig gemacht',
      'contact-refused': 'Ein Weg, dich zu erreichen, geht nicht mehr',
      'invitation-made': 'Eine Einladung für dich wurde von der Verwaltung gemacht',
      'devices-signed-out': 'Geräte wurden abgemeldet',
    },
  },
  devices: {
    title: 'Angemeldete Geräte',
    none: 'Kein Gerät ist angemeldet.',
    unknown: 'Welche Geräte angemeldet sind, lässt sich hier nicht sagen.',
    lastSeen: 'Zuletzt gesehen:',
    signOut: 'Abmelden',
    all: 'Alle Geräte abmelden',
    signedOut: 'Das Gerät ist abgemeldet.',
    allSignedOut: 'Alle Geräte sind abgemeldet.',
  },
  signOff: 'Auf dieser Seite abmelden',
  undo: {
    title: 'Diese Änderung rückgängig machen',
    sentences: [
      'Ein Weg, dieses Konto zu erreichen, wurde ersetzt oder entfernt. Warst du das nicht, mach es hier rückgängig.',
      'Danach gilt der alte wieder, der neue ist gesperrt, und bei „Mein Konto“ sind alle abgemeldet.',
    ],
    submit: 'Änderung rückgängig machen',
    working: 'Wird rückgängig gemacht…',
    done: {
      title: 'Die Änderung ist rückgängig gemacht',
      sentences: [
        'Du wirst wieder erreicht wie vorher. Bei „Mein Konto“ ist niemand mehr angemeldet.',
        'Jemand kannte dein Passwort: Wähle jetzt ein neues.',
      ],
    },
    newPassword: 'Neues Passwort wählen',
    ends: undoEnds,
  },
  invitation: {
    title: 'Sag, wie du erreicht wirst',
    lead: 'Darüber bekommst du eine Nachricht, wenn du dein Passwort vergisst. Sonst wird nichts geändert.',
    choose: 'Wie möchtest du erreicht werden?',
    none: 'Dieser Server kann zurzeit keine Nachrichten schicken. Sag der Person Bescheid, die ihn betreibt.',
    done: {
      title: 'Das war alles',
      sentences: [
        'Von jetzt an bekommst du eine Nachricht, mit der du ein neues Passwort wählst, falls du deines vergisst.',
      ],
    },
    ends: invitationEnds,
  },
  account: 'Konto',
  server: 'auf',
  checkFailed: 'Der Link konnte nicht geprüft werden',
  toMyAccount: 'Zu „Mein Konto“',
};
