import { myAccount } from './my-account/sv.ts';
import type { SomeStrings } from './some-strings.ts';

// Read by a native speaker: no.

/** Swedish words of our pages. */
export const sv: SomeStrings = {
  signIn: 'Logga in',
  backToSignIn: 'Tillbaka till inloggningen',
  askForLink: 'Begär en ny länk',
  changeElsewhere: 'Ändra det där',
  tryAgain: 'Försök igen',
  userName: 'Användarnamn',
  choose: {
    title: 'Välj ett nytt lösenord',
    onServer: 'för ditt konto på',
    checking: 'Din länk kontrolleras…',
    checkFailed: 'Din länk kunde inte kontrolleras',
    password: 'Nytt lösenord',
    again: 'Nytt lösenord igen',
    show: 'Visa',
    hide: 'Dölj',
    showPassword: 'Visa lösenordet',
    hidePassword: 'Dölj lösenordet',
    isShown: 'Ditt lösenord kan läsas på skärmen',
    isHidden: 'Ditt lösenord är dolt',
    rulesTitle: 'Ditt nya lösenord',
    isMet: 'Uppfylld',
    isBroken: 'Inte uppfylld',
    stillToDo: 'Saknas fortfarande:',
    allMet: 'Lösenordet uppfyller alla regler',
    empty: 'Välj ett nytt lösenord.',
    mismatch: 'De två lösenorden är inte lika.',
    submit: 'Ange nytt lösenord',
    working: 'Ditt lösenord ställs in…',
    workingHint: 'Det kan ta några sekunder. Låt sidan vara öppen.',
    linkStillGood: 'Din länk gäller fortfarande.',
    codeLead: 'För administratörer behövs också en kod. Den når dig på ett annat sätt än meddelandet du har.',
    codeSentBy: 'Skickad via:',
    anotherCode: 'Skicka en kod till',
  },
  account: {
    title: 'Glömt ditt lösenord?',
    lead: 'Berätta vem du är. Vi skickar ett meddelande med vilket du väljer ett nytt lösenord.',
    enteredName: 'Användarnamn eller e-postadress',
    empty: 'Ange ditt användarnamn eller din e-postadress.',
    tooLong: 'Det är för långt för ett användarnamn eller en e-postadress.',
    submit: 'Skicka ett meddelande till mig',
    working: 'Skickar…',
  },
  asked: {
    title: 'Titta bland dina meddelanden',
    sentences: ['Om vi känner till kontot och vet hur vi når dig är ett meddelande med en länk på väg.'],
    nothingCame: 'Har inget kommit?',
    advice: [
      'Vänta några minuter och titta i skräpposten.',
      'Kontrollera stavningen: ange ditt användarnamn som det står på inloggningssidan.',
      'Fråga den som sköter servern. Din e-postadress kanske saknas där.',
    ],
    again: 'Försök med ett annat namn',
  },
  askedPin: {
    sentences: ['Om vi känner till kontot och vet hur vi når dig är ett meddelande med en PIN-kod på väg.'],
    enter: 'Ange PIN-koden',
  },
  pin: {
    title: 'Välj ett nytt lösenord',
    go: 'Tryck på knappen för att gå vidare. Ditt lösenord förblir som det är tills du har valt ett nytt.',
    type: 'Ange PIN-koden från meddelandet som vi skickade. Ditt lösenord förblir som det är tills du har valt ett nytt.',
    label: 'PIN-kod',
    empty: 'Ange PIN-koden från meddelandet.',
    submit: 'Fortsätt',
    working: 'Ett ögonblick…',
    unknown: 'PIN-koden stämmer inte. Jämför den med meddelandet eller begär en ny.',
    expired: 'PIN-koden har gått ut. Begär en ny.',
    used: 'PIN-koden är förbrukad: ett nytt lösenord har valts sedan den skickades. Om det inte var du begär du en ny PIN-kod nu och berättar för den som sköter servern.',
    broken: 'Länken var inte fullständig. Ange PIN-koden från meddelandet i stället.',
    askAgain: 'Begär en ny PIN-kod',
  },
  rules: {
    'too-short': ({ minLength }) => `Minst ${minLength} tecken`,
    'too-long': ({ maxLength }) => `Högst ${maxLength} tecken`,
    common: () => 'Inte något av de lösenord som alla använder',
    'contains-name': () => 'Utan ditt användarnamn, serverns namn och ordet ”jellyfin”',
  },
  faults: {
    'too-short': ({ minLength }) => `Lösenordet är för kort. Använd minst ${minLength} tecken.`,
    'too-long': ({ maxLength }) => `Lösenordet är för långt. Använd högst ${maxLength} tecken.`,
    common: () => 'Många använder det här lösenordet, så det är lätt att gissa. Välj ett annat.',
    'contains-name': () => 'Utelämna ditt användarnamn, serverns namn och ordet ”jellyfin”.',
  },
  problems: {
    'no-connection': 'Servern svarade inte. Kontrollera anslutningen och försök igen.',
    'jellyfin-unreachable': 'Jellyfin kan inte nås just nu. Försök igen om några minuter.',
    'change-not-kept':
      'Jellyfin behöll inte det nya lösenordet. Försök igen; om det går fel på nytt berättar du för den som sköter servern.',
    'link-busy':
      'Ett lösenord ställs redan in med länken, kanske i en annan flik. Vänta en stund och försök sedan igen.',
    'password-refused': 'Servern godtar inte lösenordet. Välj ett annat.',
    'too-many-requests': 'Det var för många försök. Vänta några minuter och försök sedan igen.',
    'proof-needed': 'Servern får många förfrågningar just nu. Vänta en stund och försök sedan igen.',
    'signed-out': 'Du är inte längre inloggad. Logga in igen.',
    'sign-in-refused': 'Jellyfin släppte inte in dig. Kontrollera namn och lösenord.',
    'password-wrong': 'Det här är inte ditt lösenord. Ange det igen.',
    'address-refused': 'Det här är ingen adress av det slaget. Kontrollera hur den är skriven.',
    'code-needed': 'För det här kontot behövs också en kod. Låt skicka en och ange den.',
    'code-wrong': 'Det här är inte koden som skickades. Kontrollera den och försök igen.',
    'code-expired': 'Koden har gått ut. Börja om.',
    'codes-used-up': 'Inga fler koder skickas för den här länken. Ange den senaste eller begär en ny länk.',
    'bad-body': 'Servern förstod inte begäran. Läs in sidan på nytt och försök igen.',
    'not-found': 'Servern erbjuder inga nya lösenord just nu. Berätta för den som sköter servern.',
    unavailable: 'Den här delen av servern är inte tillgänglig just nu. Försök igen om några minuter.',
    internal:
      'Något gick fel på servern. Försök igen; om det går fel på nytt berättar du för den som sköter servern.',
  },
  ends: {
    done: {
      title: 'Ditt lösenord har ändrats',
      sentences: ['Du är utloggad överallt. Logga in med ditt nya lösenord på var och en av dina enheter.'],
    },
    'link-expired': {
      title: 'Länken har gått ut',
      sentences: ['För din säkerhet fungerar en länk bara en kort tid. Begär en ny.'],
    },
    'link-used': {
      title: 'Länken har redan använts',
      sentences: [
        'En länk fungerar en gång. Om du just har valt ett lösenord med den loggar du in med det.',
        'Om det inte var du begär du en ny länk nu och berättar för den som sköter servern.',
      ],
    },
    'link-locked': {
      title: 'Den här länken gäller inte längre',
      sentences: [
        'Fel kod har angetts för många gånger. Begär en ny länk.',
        'Om det inte var du, säg till den som driver servern.',
      ],
    },
    'link-unknown': {
      title: 'Länken fungerar inte',
      sentences: ['Servern känner inte till länken, eller inte längre. Begär en ny.'],
    },
    'link-superseded': {
      title: 'Det här fortsatte någon annanstans',
      sentences: [
        'Din länk öppnades igen, eller din PIN-kod angavs igen, i en annan flik eller på en annan enhet. Bara sidan som öppnades sist fungerar: välj ditt lösenord där.',
        'Hittar du inte den sidan, eller var det inte du? Begär en ny länk. Om det inte var du berättar du också för den som sköter servern.',
      ],
    },
    'link-broken': {
      title: 'Länken är inte fullständig',
      sentences: [
        'En del försvann på vägen. Öppna den från meddelandet igen, eller kopiera hela länken, ända till slutet.',
        'Om det inte hjälper begär du en ny.',
      ],
    },
    'link-missing': {
      title: 'Öppna länken i ditt meddelande',
      sentences: [
        'Ett nytt lösenord väljs med en länk som vi skickar. Öppna den från meddelandet, eller begär en.',
      ],
    },
    'account-unavailable': {
      title: 'Lösenordet kan inte ändras här',
      sentences: ['Be den som sköter servern om hjälp med kontot.'],
    },
    'account-elsewhere': {
      title: 'Lösenordet finns någon annanstans',
      sentences: [
        'Ett annat system har hand om lösenordet för kontot, inte Jellyfin. Ändra det där; det nya fungerar sedan även här.',
        'Om du inte vet var det är kan du fråga den som sköter servern.',
      ],
    },
  },
  myAccount,
};
