/** English words of the messages; the other languages have the same keys. */
export const en = {
  greeting: (userName: string) => `Hello ${userName},`,
  resetLink: {
    subject: (serverName: string) => `Choose a new password for ${serverName}`,
    asked: (serverName: string, userName: string) =>
      `Somebody asked for a new password for the user “${userName}” on ${serverName}. If that was you, choose one here:`,
    action: 'Choose a new password',
    fallback: 'If the button does not work, open this address in a browser:',
    lifetime: (span: string) => `The link works once, for ${span}.`,
    notYou:
      'If you did not ask for this, you can ignore this message. Your password stays as it is, and nobody can change it without this link.',
  },
  passwordChanged: {
    subject: (serverName: string) => `Your password for ${serverName} was changed`,
    changed: (serverName: string, when: string) => `Your password for ${serverName} was changed on ${when}.`,
    sessions: 'All devices were signed out. Sign in again with the new password.',
    notYou:
      'If that was not you, somebody may have access to your mailbox: secure it first, then ask for a new password again and tell whoever runs the server.',
  },
};

/** The words in any language. */
export type Texts = typeof en;
