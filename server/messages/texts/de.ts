import type { Texts } from './en.ts';

/** German words of the messages. */
export const de: Texts = {
  greeting: (userName) => `Hallo ${userName},`,
  resetLink: {
    subject: (serverName) => `Neues Passwort für ${serverName} wählen`,
    asked: (serverName, userName) =>
      `Für den Benutzer „${userName}“ auf ${serverName} wurde ein neues Passwort angefordert. Wenn du das warst, wähle es hier:`,
    action: 'Neues Passwort wählen',
    fallback: 'Falls der Knopf nicht funktioniert, öffne diese Adresse in einem Browser:',
    lifetime: (span) => `Der Link funktioniert einmal und gilt so lange: ${span}.`,
    notYou:
      'Wenn du das nicht angefordert hast, kannst du diese Nachricht ignorieren. Dein Passwort bleibt, wie es ist, und ohne diesen Link kann es niemand ändern.',
  },
  passwordChanged: {
    subject: (serverName) => `Dein Passwort für ${serverName} wurde geändert`,
    changed: (serverName, when) => `Dein Passwort für ${serverName} wurde geändert: ${when}.`,
    sessions: 'Alle Geräte wurden abgemeldet. Melde dich mit dem neuen Passwort wieder an.',
    notYou:
      'Wenn du das nicht warst, hat vielleicht jemand Zugriff auf dein Postfach: Sichere zuerst das Postfach, fordere dann erneut ein neues Passwort an und sag dem Betreiber des Servers Bescheid.',
  },
};
