import type { MyAccountWords, SpentLinkWords } from './en.ts';

// Read by a native speaker: no.

const undoEnds: SpentLinkWords = {
  unknown: {
    title: 'Ten link nie działa',
    sentences: [
      'Ten serwer go nie zna albo już go nie zna. Zaloguj się do Mojego konta, aby zobaczyć, jak się z Tobą kontaktujemy.',
    ],
  },
  expired: {
    title: 'Jest za późno, aby cofnąć to tutaj',
    sentences: [
      'Link działał jeden dzień. Zaloguj się do Mojego konta i zmień tam, jak się z Tobą kontaktujemy.',
    ],
  },
  used: {
    title: 'To zostało już cofnięte',
    sentences: ['Link działa raz. Zaloguj się do Mojego konta, aby zobaczyć, jak się z Tobą kontaktujemy.'],
  },
  broken: {
    title: 'Link jest niekompletny',
    sentences: ['Część zgubiła się po drodze. Skopiuj cały link z wiadomości, do samego końca.'],
  },
  missing: {
    title: 'Otwórz link z wiadomości',
    sentences: ['Zmianę cofa się linkiem z wiadomości, która o niej powiadomiła.'],
  },
};

const invitationEnds: SpentLinkWords = {
  unknown: {
    title: 'To zaproszenie nie działa',
    sentences: ['Ten serwer go nie zna albo już go nie zna. Poproś o nowe osobę, która prowadzi serwer.'],
  },
  expired: {
    title: 'To zaproszenie wygasło',
    sentences: ['Zaproszenie działa kilka dni. Poproś o nowe osobę, która prowadzi serwer.'],
  },
  used: {
    title: 'To zaproszenie zostało już użyte',
    sentences: [
      'Działa raz. Jeśli to nie Ty, powiadom osobę, która prowadzi serwer.',
      'W każdej chwili możesz zmienić, jak się z Tobą kontaktujemy: zaloguj się do Mojego konta.',
    ],
  },
  broken: {
    title: 'Zaproszenie jest niekompletne',
    sentences: ['Część linku zgubiła się po drodze. Skopiuj cały link, do samego końca.'],
  },
  missing: {
    title: 'Otwórz link ze swojego zaproszenia',
    sentences: ['Ta strona potrzebuje linku od osoby, która prowadzi serwer.'],
  },
};

/** Words of My Account and of the pages that belong to it, in Polish. */
export const myAccount: MyAccountWords = {
  title: 'Moje konto',
  opening: 'Chwileczkę…',
  mail: 'E-mail',
  reachesBy: 'Ten serwer może wysyłać wiadomości przez:',
  password: 'Twoje hasło',
  back: 'Anuluj',
  working: 'Chwileczkę…',
  signIn: {
    title: 'Zaloguj się do Mojego konta',
    lead: 'Zobacz i zmień, jak się z Tobą kontaktujemy, i zmień hasło.',
    password: 'Hasło',
    empty: 'Wpisz nazwę użytkownika.',
    working: 'Logowanie…',
    notHandedOver: 'Jellyfin nie mógł Cię tu zalogować. Zaloguj się poniżej.',
    signedOff: 'Wylogowano z tej strony.',
  },
  quickConnect: {
    open: 'Zaloguj się przez Quick Connect',
    lead: 'Na urządzeniu zalogowanym do Jellyfin otwórz w ustawieniach Quick Connect i wpisz ten kod:',
    waiting: 'Czekamy, aż kod zostanie wpisany. Działa dziesięć minut.',
    again: 'Pobierz nowy kod',
  },
  contacts: {
    title: 'Jak się z Tobą kontaktujemy',
    lead: 'Wiadomości próbują tych sposobów w tej kolejności.',
    none: 'Nie możemy się jeszcze z Tobą skontaktować. Bez tego nie będzie nowego hasła, gdy zapomnisz swojego.',
    verified: 'Potwierdzone',
    unverified: 'Jeszcze niepotwierdzone',
    refused: 'Już nie działa: zastąp',
    up: 'W górę',
    down: 'W dół',
    replace: 'Zastąp',
    remove: 'Usuń',
    add: 'Dodaj',
    addTitle: 'Inne sposoby kontaktu',
    moved: 'Kolejność została zmieniona.',
    saved: 'Od teraz tak się z Tobą kontaktujemy.',
    removed: 'Usunięto. Powiadomimy o tym usunięty adres.',
  },
  linking: {
    addTitle: 'Dodaj sposób kontaktu',
    replaceTitle: 'Zastąp sposób kontaktu',
    mailAddress: 'Adres e-mail',
    address: 'Adres',
    emptyAddress: 'Wpisz adres.',
    whyPassword: 'Jeszcze raz Twoje hasło, aby nikt inny nie zmienił, jak się z Tobą kontaktujemy.',
    sendCode: 'Wyślij mi kod',
    getCode: 'Pokaż mi kod',
    codeSent: 'Kod jest w drodze. Działa dziesięć minut.',
    code: 'Kod',
    emptyCode: 'Wpisz kod z wiadomości.',
    confirm: 'Potwierdź',
    noCode: 'Zacznij od nowa',
    sendToBot: 'Wyślij ten kod do:',
    openBot: 'Otwórz z kodem',
    connect: 'Zaloguj się do Discorda',
    notConnected: 'Nic nie zostało połączone, ponieważ nie wyrażono tam zgody. Możesz spróbować ponownie.',
    scan: 'Albo zeskanuj to telefonem:',
    qr: 'Kod QR z tym samym linkiem',
    waiting: 'Czekamy na Twoją wiadomość. Kod działa dziesięć minut.',
  },
  removing: {
    title: 'Usuń sposób kontaktu',
    last: 'To jedyny: bez niego nie będzie nowego hasła, gdy zapomnisz swojego.',
    submit: 'Usuń teraz',
  },
  language: {
    title: 'Język wiadomości',
    label: 'Język',
    browser: 'Jak w przeglądarce lub aplikacji, która prosi',
    submit: 'Zapisz język',
    saved: 'Język został zapisany.',
  },
  passwords: {
    title: 'Hasło',
    open: 'Zmień hasło',
    elsewhere: 'Hasło tego konta przechowuje inny system, nie Jellyfin. Zmień je tam.',
    current: 'Obecne hasło',
    submit: 'Zmień hasło',
    done: {
      title: 'Nowe hasło zostało ustawione',
      sentences: ['Wszędzie nastąpiło wylogowanie. Zaloguj się nowym hasłem na każdym ze swoich urządzeń.'],
    },
    signInAgain: 'Zaloguj się ponownie do Mojego konta',
  },
  events: {
    title: 'Co się ostatnio działo',
    none: 'Jeszcze nic.',
    home: 'sieć domowa',
    more: 'Pokaż wszystko',
    words: {
      'account-signed-in': 'Logowanie do Mojego konta',
      'login-failed': 'Próba logowania z błędnym hasłem',
      'login-held': 'Logowanie wstrzymano po zbyt wielu błędnych hasłach',
      'account-unlocked': 'Twoje konto zostało odblokowane',
      'message-sent': 'Wysłano do Ciebie wiadomość',
      'link-made': 'Administrator utworzył link do nowego hasła',
      'pin-accepted': 'Wpisano kod PIN',
      'password-changed': 'Twoje hasło zostało zmienione',
      'password-not-changed': 'Nie udało się ustawić nowego hasła',
      'contact-added': 'Dodano sposób kontaktu z Tobą',
      'contact-changed': 'Zastąpiono sposób kontaktu z Tobą',
      'contact-verified': 'Potwierdzono sposób kontaktu z Tobą',
      'contact-removed': 'Usunięto sposób kontaktu',
      'contact-undone': 'Cofnięto zmianę kontaktu',
      'contact-refused': 'Jeden ze sposobów kontaktu z Tobą już nie działa',
      'invitation-made': 'Administrator utworzył dla Ciebie zaproszenie',
      'devices-signed-out': 'Wylogowano urządzenia',
    },
  },
  devices: {
    title: 'Zalogowane urządzenia',
    none: 'Żadne urządzenie nie jest zalogowane.',
    unknown: 'Nie można tu powiedzieć, które urządzenia są zalogowane.',
    lastSeen: 'Ostatnio widziane:',
    signOut: 'Wyloguj',
    all: 'Wyloguj wszystkie urządzenia',
    signedOut: 'Urządzenie zostało wylogowane.',
    allSignedOut: 'Wszystkie urządzenia zostały wylogowane.',
  },
  signOff: 'Wyloguj się z tej strony',
  undo: {
    title: 'Cofnij tę zmianę',
    sentences: [
      'Sposób kontaktu dla tego konta zastąpiono lub usunięto. Jeśli to nie Ty, cofnij to tutaj.',
      'Dawny wtedy znów obowiązuje, nowy zostaje zablokowany, a wszyscy zostają wylogowani z Mojego konta.',
    ],
    submit: 'Cofnij zmianę',
    working: 'Cofanie…',
    done: {
      title: 'Zmiana została cofnięta',
      sentences: [
        'Kontaktujemy się z Tobą jak dawniej. Nikt nie jest już zalogowany do Mojego konta.',
        'Ktoś znał Twoje hasło: wybierz teraz nowe.',
      ],
    },
    newPassword: 'Wybierz nowe hasło',
    ends: undoEnds,
  },
  invitation: {
    title: 'Powiedz, jak się z Tobą kontaktować',
    lead: 'Dzięki temu dostaniesz wiadomość, gdy zapomnisz hasła. Nic innego się nie zmieni.',
    choose: 'Jak mamy się z Tobą kontaktować?',
    none: 'Ten serwer nie może teraz wysyłać wiadomości. Powiadom osobę, która go prowadzi.',
    done: {
      title: 'To wszystko',
      sentences: ['Od teraz, jeśli zapomnisz hasła, dostaniesz wiadomość, dzięki której wybierzesz nowe.'],
    },
    ends: invitationEnds,
  },
  account: 'Konto',
  server: 'na',
  checkFailed: 'Nie udało się sprawdzić linku',
  toMyAccount: 'Przejdź do Mojego konta',
};
