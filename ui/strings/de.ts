import type { EndWords, ProblemWords, RuleWords, Strings } from './en.ts';
import { myAccount } from './my-account/de.ts';

const rules: RuleWords = {
  'too-short': ({ minLength }) => `Mindestens ${minLength} Zeichen`,
  'too-long': ({ maxLength }) => `Höchstens ${maxLength} Zeichen`,
  common: () => 'Keines der Passwörter, die alle benutzen',
  'contains-name': () => 'Ohne deinen Benutzernamen, den Namen des Servers und das Wort „jellyfin“',
};

const faults: RuleWords = {
  'too-short': ({ minLength }) => `Dieses Passwort ist zu kurz. Nimm mindestens ${minLength} Zeichen.`,
  'too-long': ({ maxLength }) => `Dieses Passwort ist zu lang. Nimm höchstens ${maxLength} Zeichen.`,
  common: () => 'Viele benutzen dieses Passwort, es ist leicht zu erraten. Wähle ein anderes.',
  'contains-name': () =>
    'Lass deinen Benutzernamen, den Namen des Servers und das Wort „jellyfin“ darin weg.',
};

const problems: ProblemWords = {
  'no-connection': 'Der Server hat nicht geantwortet. Prüfe deine Verbindung und versuche es noch einmal.',
  'jellyfin-unreachable': 'Jellyfin ist gerade nicht erreichbar. Versuche es in einigen Minuten noch einmal.',
  'change-not-kept':
    'Jellyfin hat das neue Passwort nicht behalten. Versuche es noch einmal; klappt es wieder nicht, sag der Person Bescheid, die den Server betreibt.',
  'link-busy':
    'Mit diesem Link wird gerade ein Passwort gesetzt, vielleicht in einem anderen Tab. Warte kurz und versuche es dann noch einmal.',
  'password-refused': 'Der Server nimmt dieses Passwort nicht an. Wähle ein anderes.',
  'too-many-requests': 'Das waren zu viele Versuche. Warte einige Minuten und versuche es dann noch einmal.',
  'proof-needed': 'Der Server wird gerade sehr oft gefragt. Warte einen Moment und versuche es noch einmal.',
  'signed-out': 'Du bist nicht mehr angemeldet. Melde dich neu an.',
  'sign-in-refused': 'Jellyfin hat dich nicht angemeldet. Prüfe Name und Passwort.',
  'password-wrong': 'Das ist nicht dein Passwort. Gib es noch einmal ein.',
  'address-refused': 'Das ist keine solche Adresse. Prüfe, wie sie geschrieben ist.',
  'code-needed': 'Für dieses Konto braucht es auch einen Code. Lass dir einen schicken und gib ihn ein.',
  'code-wrong': 'Das ist nicht der Code, der geschickt wurde. Prüfe ihn und versuche es noch einmal.',
  'code-expired': 'Der Code ist abgelaufen. Beginne von vorn.',
  'codes-used-up':
    'Für diesen Link wird kein weiterer Code verschickt. Gib den letzten ein, oder fordere einen neuen Link an.',
  'bad-body': 'Der Server hat die Anfrage nicht verstanden. Lade die Seite neu und versuche es noch einmal.',
  'not-found':
    'Dieser Server bietet zurzeit keine neuen Passwörter an. Sag der Person Bescheid, die den Server betreibt.',
  unavailable:
    'Dieser Teil des Servers ist gerade nicht verfügbar. Versuche es in einigen Minuten noch einmal.',
  internal:
    'Auf dem Server ist etwas schiefgegangen. Versuche es noch einmal; klappt es wieder nicht, sag der Person Bescheid, die den Server betreibt.',
};

const ends: EndWords = {
  done: {
    title: 'Dein Passwort ist geändert',
    sentences: ['Du bist überall abgemeldet. Melde dich auf jedem deiner Geräte mit dem neuen Passwort an.'],
  },
  'link-expired': {
    title: 'Dieser Link ist abgelaufen',
    sentences: ['Zu deiner Sicherheit gilt ein Link nur kurze Zeit. Fordere einen neuen an.'],
  },
  'link-used': {
    title: 'Dieser Link wurde schon benutzt',
    sentences: [
      'Ein Link gilt einmal. Hast du gerade ein Passwort damit gewählt, melde dich mit diesem an.',
      'Warst du das nicht, fordere jetzt einen neuen Link an und sag der Person Bescheid, die den Server betreibt.',
    ],
  },
  'link-locked': {
    title: 'Dieser Link gilt nicht mehr',
    sentences: [
      'Zu oft wurde ein falscher Code eingegeben. Fordere einen neuen Link an.',
      'Warst du das nicht, sag der Person Bescheid, die den Server betreibt.',
    ],
  },
  'link-unknown': {
    title: 'Dieser Link funktioniert nicht',
    sentences: ['Der Server kennt diesen Link nicht oder nicht mehr. Fordere einen neuen an.'],
  },
  'link-superseded': {
    title: 'Diese Seite gilt nicht mehr',
    sentences: [
      'Als diese Seite aufging, galt dein Link oder deine PIN noch. Wahrscheinlich wurde sie seitdem noch einmal benutzt, in einem anderen Tab oder auf einem anderen Gerät: Mach auf der Seite weiter, die zuletzt aufging.',
      'Gibt es keine, fordere einen neuen Link an. Warst das nicht du, sag es auch der Person, die den Server betreibt.',
    ],
  },
  'link-broken': {
    title: 'Dieser Link ist nicht vollständig',
    sentences: [
      'Ein Teil davon ist unterwegs verloren gegangen. Öffne ihn noch einmal aus der Nachricht, oder kopiere den ganzen Link bis zum letzten Zeichen.',
      'Hilft das nicht, fordere einen neuen an.',
    ],
  },
  'link-missing': {
    title: 'Öffne den Link aus deiner Nachricht',
    sentences: [
      'Ein neues Passwort wählst du mit einem Link, den wir dir schicken. Öffne ihn aus der Nachricht, oder fordere einen an.',
    ],
  },
  'account-unavailable': {
    title: 'Dieses Passwort lässt sich hier nicht ändern',
    sentences: ['Bitte die Person um Hilfe, die den Server betreibt.'],
  },
  'account-elsewhere': {
    title: 'Dieses Passwort liegt woanders',
    sentences: [
      'Das Passwort dieses Kontos verwaltet ein anderes System, nicht Jellyfin. Ändere es dort; danach gilt es auch hier.',
      'Wenn du nicht weißt, wo das ist, frag die Person, die den Server betreibt.',
    ],
  },
};

/** All words of our pages in German, with the „du“ that Jellyfin uses. */
export const de: Strings = {
  signIn: 'Einloggen',
  backToSignIn: 'Zurück zum Einloggen',
  askForLink: 'Neuen Link anfordern',
  changeElsewhere: 'Dort ändern',
  tryAgain: 'Noch einmal versuchen',
  userName: 'Benutzername',
  choose: {
    title: 'Neues Passwort wählen',
    onServer: 'für dein Konto auf',
    checking: 'Dein Link wird geprüft…',
    checkFailed: 'Dein Link konnte nicht geprüft werden',
    password: 'Neues Passwort',
    again: 'Neues Passwort wiederholen',
    show: 'Zeigen',
    hide: 'Verbergen',
    showPassword: 'Passwort zeigen',
    hidePassword: 'Passwort verbergen',
    isShown: 'Dein Passwort ist auf dem Bildschirm zu lesen',
    isHidden: 'Dein Passwort ist verborgen',
    rulesTitle: 'Dein neues Passwort',
    isMet: 'Erfüllt',
    isBroken: 'Nicht erfüllt',
    stillToDo: 'Noch offen:',
    allMet: 'Dieses Passwort erfüllt alle Regeln',
    empty: 'Wähle ein neues Passwort.',
    mismatch: 'Die beiden Passwörter sind nicht gleich.',
    submit: 'Neues Passwort setzen',
    working: 'Dein Passwort wird gesetzt…',
    workingHint: 'Das kann einige Sekunden dauern. Lass diese Seite offen.',
    linkStillGood: 'Dein Link gilt weiterhin.',
    codeLead:
      'Für Administratoren braucht es auch einen Code. Er erreicht dich auf einem anderen Weg als die Nachricht, die du hast.',
    codeSentBy: 'Verschickt über:',
    anotherCode: 'Noch einen Code schicken',
  },
  account: {
    title: 'Passwort vergessen?',
    lead: 'Sag uns, wer du bist. Wir schicken dir eine Nachricht, mit der du ein neues Passwort wählst.',
    enteredName: 'Benutzername oder E-Mail-Adresse',
    empty: 'Gib deinen Benutzernamen oder deine E-Mail-Adresse ein.',
    tooLong: 'Das ist zu lang für einen Benutzernamen oder eine E-Mail-Adresse.',
    submit: 'Nachricht schicken',
    working: 'Wird gesendet…',
  },
  asked: {
    title: 'Sieh in deinen Nachrichten nach',
    sentences: [
      'Wenn wir dieses Konto kennen und wissen, wie wir dich erreichen, ist eine Nachricht mit einem Link unterwegs.',
    ],
    nothingCame: 'Nichts angekommen?',
    advice: [
      'Warte einige Minuten und sieh im Spam-Ordner nach.',
      'Prüfe die Schreibweise: Gib deinen Benutzernamen so ein, wie er beim Einloggen steht.',
      'Frag die Person, die den Server betreibt. Vielleicht fehlt ihr deine E-Mail-Adresse.',
    ],
    again: 'Einen anderen Namen versuchen',
  },
  askedPin: {
    sentences: [
      'Wenn wir dieses Konto kennen und wissen, wie wir dich erreichen, ist eine Nachricht mit einer PIN unterwegs.',
    ],
    enter: 'PIN eingeben',
  },
  pin: {
    title: 'Neues Passwort wählen',
    go: 'Drück auf den Knopf, um weiterzugehen. Dein Passwort bleibt, wie es ist, bis du ein neues gewählt hast.',
    type: 'Gib die PIN aus der Nachricht ein, die wir dir geschickt haben. Dein Passwort bleibt, wie es ist, bis du ein neues gewählt hast.',
    label: 'PIN aus der Nachricht',
    empty: 'Gib die PIN aus der Nachricht ein.',
    submit: 'Weiter',
    working: 'Einen Moment…',
    unknown: 'Diese PIN stimmt nicht. Vergleiche sie mit der Nachricht, oder fordere eine neue an.',
    expired: 'Diese PIN ist abgelaufen. Fordere eine neue an.',
    used: 'Diese PIN ist verbraucht: Seit sie verschickt wurde, wurde ein neues Passwort gewählt. Wenn du das nicht warst, fordere jetzt eine neue PIN an und sag der Person Bescheid, die den Server betreibt.',
    broken: 'Der Link war nicht vollständig. Gib stattdessen die PIN aus der Nachricht ein.',
    askAgain: 'Neue PIN anfordern',
  },
  rules,
  faults,
  problems,
  ends,
  myAccount,
};
