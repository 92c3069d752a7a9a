import { myAccount } from './my-account/pl.ts';
import type { SomeStrings } from './some-strings.ts';

// Read by a native speaker: no.

/** Polish words of our pages. */
export const pl: SomeStrings = {
  signIn: 'Zaloguj się',
  backToSignIn: 'Wróć do logowania',
  askForLink: 'Poproś o nowy link',
  changeElsewhere: 'Zmień je tam',
  tryAgain: 'Spróbuj ponownie',
  userName: 'Nazwa użytkownika',
  choose: {
    title: 'Wybierz nowe hasło',
    onServer: 'do Twojego konta na',
    checking: 'Sprawdzanie linku…',
    checkFailed: 'Nie udało się sprawdzić linku',
    password: 'Nowe hasło',
    again: 'Powtórz nowe hasło',
    show: 'Pokaż',
    hide: 'Ukryj',
    showPassword: 'Pokaż hasło',
    hidePassword: 'Ukryj hasło',
    isShown: 'Twoje hasło można odczytać na ekranie',
    isHidden: 'Twoje hasło jest ukryte',
    rulesTitle: 'Twoje nowe hasło',
    isMet: 'Spełnione',
    isBroken: 'Niespełnione',
    stillToDo: 'Jeszcze brakuje:',
    allMet: 'To hasło spełnia wszystkie zasady',
    empty: 'Wybierz nowe hasło.',
    mismatch: 'Hasła nie są takie same.',
    submit: 'Ustaw nowe hasło',
    working: 'Ustawianie hasła…',
    workingHint: 'Może to potrwać kilka sekund. Nie zamykaj tej strony.',
    linkStillGood: 'Twój link jest nadal ważny.',
    codeLead: 'Administratorzy potrzebują też kodu. Dotrze inną drogą niż wiadomość, którą masz.',
    codeSentBy: 'Wysłano przez:',
    anotherCode: 'Wyślij mi kolejny kod',
  },
  account: {
    title: 'Nie pamiętasz hasła?',
    lead: 'Powiedz nam, kim jesteś. Wyślemy Ci wiadomość, dzięki której wybierzesz nowe hasło.',
    enteredName: 'Nazwa użytkownika lub adres e-mail',
    empty: 'Wpisz nazwę użytkownika lub adres e-mail.',
    tooLong: 'To za długie jak na nazwę użytkownika lub adres e-mail.',
    submit: 'Wyślij mi wiadomość',
    working: 'Wysyłanie…',
  },
  asked: {
    title: 'Sprawdź wiadomości',
    sentences: [
      'Jeśli znamy to konto i wiemy, jak się z Tobą skontaktować, wiadomość z linkiem jest w drodze.',
    ],
    nothingCame: 'Nic nie przyszło?',
    advice: [
      'Odczekaj kilka minut i zajrzyj do folderu ze spamem.',
      'Sprawdź pisownię: wpisz nazwę użytkownika tak, jak widnieje na stronie logowania.',
      'Zapytaj osobę, która prowadzi serwer. Być może nie ma Twojego adresu e-mail.',
    ],
    again: 'Spróbuj innej nazwy',
  },
  askedPin: {
    sentences: [
      'Jeśli znamy to konto i wiemy, jak się z Tobą skontaktować, wiadomość z kodem PIN jest w drodze.',
    ],
    enter: 'Wpisz kod PIN',
  },
  pin: {
    title: 'Wybierz nowe hasło',
    go: 'Naciśnij przycisk, aby przejść dalej. Twoje hasło pozostanie bez zmian, dopóki nie wybierzesz nowego.',
    type: 'Wpisz kod PIN z wiadomości, którą wysłaliśmy. Twoje hasło pozostanie bez zmian, dopóki nie wybierzesz nowego.',
    label: 'Kod PIN',
    empty: 'Wpisz kod PIN z wiadomości.',
    submit: 'Dalej',
    working: 'Chwileczkę…',
    unknown: 'Ten kod PIN jest nieprawidłowy. Porównaj go z wiadomością albo poproś o nowy.',
    expired: 'Ten kod PIN wygasł. Poproś o nowy.',
    used: 'Ten kod PIN jest już zużyty: po jego wysłaniu wybrano nowe hasło. Jeśli to nie Ty, poproś teraz o nowy kod PIN i powiadom osobę, która prowadzi serwer.',
    broken: 'Link był niekompletny. Wpisz zamiast niego kod PIN z wiadomości.',
    askAgain: 'Poproś o nowy kod PIN',
  },
  rules: {
    'too-short': ({ minLength }) => `Znaki, co najmniej: ${minLength}`,
    'too-long': ({ maxLength }) => `Znaki, co najwyżej: ${maxLength}`,
    common: () => 'Żadne z haseł, których używają wszyscy',
    'contains-name': () => 'Bez nazwy użytkownika, nazwy serwera i słowa „jellyfin”',
  },
  faults: {
    'too-short': ({ minLength }) => `To hasło jest za krótkie. Najmniejsza liczba znaków: ${minLength}.`,
    'too-long': ({ maxLength }) => `To hasło jest za długie. Największa liczba znaków: ${maxLength}.`,
    common: () => 'Wiele osób używa tego hasła, więc łatwo je odgadnąć. Wybierz inne.',
    'contains-name': () => 'Pomiń nazwę użytkownika, nazwę serwera i słowo „jellyfin”.',
  },
  problems: {
    'no-connection': 'Serwer nie odpowiedział. Sprawdź połączenie i spróbuj ponownie.',
    'jellyfin-unreachable': 'Jellyfin jest obecnie nieosiągalny. Spróbuj ponownie za kilka minut.',
    'change-not-kept':
      'Jellyfin nie zachował nowego hasła. Spróbuj ponownie; jeśli znów się nie uda, powiadom osobę, która prowadzi serwer.',
    'link-busy':
      'Hasło jest właśnie ustawiane za pomocą tego linku, może w innej karcie. Poczekaj chwilę i spróbuj ponownie.',
    'password-refused': 'Serwer nie przyjmuje tego hasła. Wybierz inne.',
    'too-many-requests': 'Zbyt wiele prób. Odczekaj kilka minut i spróbuj ponownie.',
    'proof-needed': 'Serwer otrzymuje teraz wiele zapytań. Poczekaj chwilę i spróbuj ponownie.',
    'signed-out': 'Sesja wygasła. Zaloguj się ponownie.',
    'sign-in-refused': 'Jellyfin odmówił logowania. Sprawdź nazwę i hasło.',
    'password-wrong': 'To nie jest Twoje hasło. Wpisz je jeszcze raz.',
    'address-refused': 'To nie jest adres tego rodzaju. Sprawdź pisownię.',
    'code-needed': 'To konto wymaga też kodu. Poproś o jego wysłanie, a potem go wpisz.',
    'code-wrong': 'To nie jest wysłany kod. Sprawdź go i spróbuj ponownie.',
    'code-expired': 'Kod wygasł. Zacznij od nowa.',
    'codes-used-up': 'Do tego linku nie zostanie wysłany kolejny kod. Wpisz ostatni albo poproś o nowy link.',
    'bad-body': 'Serwer nie zrozumiał zapytania. Odśwież stronę i spróbuj ponownie.',
    'not-found': 'Ten serwer nie udostępnia teraz nowych haseł. Powiadom osobę, która prowadzi serwer.',
    unavailable: 'Ta część serwera jest teraz niedostępna. Spróbuj ponownie za kilka minut.',
    internal:
      'Coś poszło nie tak na serwerze. Spróbuj ponownie; jeśli znów się nie uda, powiadom osobę, która prowadzi serwer.',
  },
  ends: {
    done: {
      title: 'Twoje hasło zostało zmienione',
      sentences: ['Wszędzie nastąpiło wylogowanie. Zaloguj się nowym hasłem na każdym ze swoich urządzeń.'],
    },
    'link-expired': {
      title: 'Ten link wygasł',
      sentences: ['Dla Twojego bezpieczeństwa link działa tylko krótko. Poproś o nowy.'],
    },
    'link-used': {
      title: 'Ten link został już użyty',
      sentences: [
        'Link działa raz. Jeśli właśnie wybrano nim hasło, zaloguj się tym hasłem.',
        'Jeśli to nie Ty, poproś teraz o nowy link i powiadom osobę, która prowadzi serwer.',
      ],
    },
    'link-locked': {
      title: 'Ten link już nie działa',
      sentences: [
        'Zbyt wiele razy wpisano błędny kod. Poproś o nowy link.',
        'Jeśli to nie Ty, powiedz o tym osobie, która prowadzi serwer.',
      ],
    },
    'link-unknown': {
      title: 'Ten link nie działa',
      sentences: ['Ten serwer nie zna tego linku albo już go nie zna. Poproś o nowy.'],
    },
    'link-superseded': {
      title: 'To zostało dokończone gdzie indziej',
      sentences: [
        'Twój link otwarto ponownie albo kod PIN wpisano ponownie w innej karcie lub na innym urządzeniu. Działa tylko strona otwarta jako ostatnia: wybierz hasło tam.',
        'Nie możesz znaleźć tej strony albo to nie Ty? Poproś o nowy link. Jeśli to nie Ty, powiadom też osobę, która prowadzi serwer.',
      ],
    },
    'link-broken': {
      title: 'Ten link jest niekompletny',
      sentences: [
        'Część zgubiła się po drodze. Otwórz go ponownie z wiadomości albo skopiuj cały link, do samego końca.',
        'Jeśli to nie pomoże, poproś o nowy.',
      ],
    },
    'link-missing': {
      title: 'Otwórz link z wiadomości',
      sentences: [
        'Nowe hasło wybiera się za pomocą linku, który wysyłamy. Otwórz go z wiadomości albo poproś o niego.',
      ],
    },
    'account-unavailable': {
      title: 'Tego hasła nie można tu zmienić',
      sentences: ['Poproś o pomoc z tym kontem osobę, która prowadzi serwer.'],
    },
    'account-elsewhere': {
      title: 'To hasło jest przechowywane gdzie indziej',
      sentences: [
        'Hasło tego konta przechowuje inny system, nie Jellyfin. Zmień je tam; nowe będzie działać także tutaj.',
        'Jeśli nie wiesz, gdzie to jest, zapytaj osobę, która prowadzi serwer.',
      ],
    },
  },
  myAccount,
};
