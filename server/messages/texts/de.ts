import type { Texts } from './en.ts';

/** German words of the messages. */
export const de: Texts = {
  greeting: (userName) => `Hallo ${userName},`,
  hours: (count) => `${count} ${count === 1 ? 'Stunde' : 'Stunden'}`,
  minutes: (count) => `${count} ${count === 1 ? 'Minute' : 'Minuten'}`,
  and: 'und',
  resetLink: {
    subject: (serverName) => `Neues Passwort für ${serverName} wählen`,
    asked: (serverName, userName) =>
      `Für den Benutzer „${userName}“ auf ${serverName} wurde ein neues Passwort angefordert. Wenn du das warst, wähle es hier:`,
    action: 'Neues Passwort wählen',
    fallback: 'Falls der Knopf nicht funktioniert, öffne diese Adresse in einem Browser:',
    lifetime: (span) => `Der Link funktioniert einmal und gilt ${span}.`,
    notYou:
      'Wenn du das nicht angefordert hast, kannst du diese Nachricht ignorieren. Dein Passwort bleibt, wie es ist, und ohne diesen Link kann es niemand ändern.',
  },
  resetPin: {
    subject: (serverName) => `Deine PIN für ${serverName}`,
    asked: (serverName, userName) =>
      `Für den Benutzer „${userName}“ auf ${serverName} wurde ein neues Passwort angefordert. Wenn du das warst, gib diese PIN auf der Seite ein, die danach fragt:`,
    where: 'Ist die Seite schon geschlossen, öffne diese Adresse und gib die PIN dort ein:',
    lifetime: (span) => `Die PIN gilt ${span}, höchstens bis ein neues Passwort gewählt ist.`,
    notYou:
      'Wenn du das nicht angefordert hast, kannst du diese Nachricht ignorieren. Dein Passwort bleibt, wie es ist, und ohne diese PIN kann es niemand ändern. Verrate sie niemandem, auch nicht dem Betreiber des Servers.',
  },
  resetPinLink: {
    action: 'PIN einlösen und neues Passwort wählen',
    typed: 'Oder gib die PIN selbst ein, wo du danach gefragt wirst:',
  },
  accountElsewhere: {
    subject: (serverName) => `Dein Passwort für ${serverName} liegt nicht dort`,
    asked: (serverName, userName) =>
      `Für den Benutzer „${userName}“ auf ${serverName} wurde ein neues Passwort angefordert.`,
    elsewhere: (serverName) =>
      `Du meldest dich dort mit dem Konto eines anderen Dienstes an, deshalb kann ${serverName} dessen Passwort nicht ändern. Ändere es dort, woher das Konto kommt.`,
    action: 'Zum anderen Dienst',
    askAdministrator: 'Wenn du nicht weißt, wo das ist, frag den Betreiber des Servers.',
    notYou:
      'Wenn du das nicht angefordert hast, kannst du diese Nachricht ignorieren. Es wurde nichts geändert.',
  },
  accountDisabled: {
    subject: (serverName) => `Dein Konto auf ${serverName} ist gesperrt`,
    disabled: (serverName) =>
      `Dieses Konto wurde von der Verwaltung von ${serverName} gesperrt. Nur sie kann es wieder öffnen; bis dahin lässt sich kein neues Passwort wählen. Bitte frag dort nach.`,
  },
  passwordChanged: {
    subject: (serverName) => `Dein Passwort für ${serverName} wurde geändert`,
    changed: (serverName, when) => `Dein Passwort für ${serverName} wurde geändert: ${when}.`,
    sessions: 'Alle Geräte wurden abgemeldet. Melde dich mit dem neuen Passwort wieder an.',
    notYou:
      'Wenn du das nicht warst, hat vielleicht jemand Zugriff auf dein Postfach: Sichere zuerst das Postfach, fordere dann erneut ein neues Passwort an und sag dem Betreiber des Servers Bescheid.',
  },
};
