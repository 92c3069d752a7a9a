/** English words of the messages; the other languages have the same keys. */
export const en = {
  greeting: (userName: string) => `Hello ${userName},`,
  hours: (count: number) => `${count} ${count === 1 ? 'hour' : 'hours'}`,
  minutes: (count: number) => `${count} ${count === 1 ? 'minute' : 'minutes'}`,
  and: 'and',
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
  resetPin: {
    subject: (serverName: string) => `Your PIN for ${serverName}`,
    asked: (serverName: string, userName: string) =>
      `Somebody asked for a new password for the user “${userName}” on ${serverName}. If that was you, type this PIN on the page that asks for it:`,
    where: 'If that page is closed, open this address and type the PIN there:',
    lifetime: (span: string) =>
      `The PIN works for ${span}, and no longer than until a new password is chosen.`,
    notYou:
      'If you did not ask for this, you can ignore this message. Your password stays as it is, and nobody can change it without this PIN. Tell it to nobody, not even to whoever runs the server.',
  },
  resetPinLink: {
    action: 'Use the PIN and choose a new password',
    typed: 'Or type the PIN yourself, where you are asked for it:',
  },
  accountElsewhere: {
    subject: (serverName: string) => `Your password for ${serverName} is not kept there`,
    asked: (serverName: string, userName: string) =>
      `Somebody asked for a new password for the user “${userName}” on ${serverName}.`,
    elsewhere: (serverName: string) =>
      `You sign in there with an account of another service, so ${serverName} cannot change its password. Change it where the account comes from.`,
    action: 'Go to the service',
    askAdministrator: 'If you do not know where that is, ask whoever runs the server.',
    notYou: 'If you did not ask for this, you can ignore this message. Nothing was changed.',
  },
  accountDisabled: {
    subject: (serverName: string) => `Your account on ${serverName} is disabled`,
    disabled: (serverName: string) =>
      `An administrator of ${serverName} has disabled this account. Only they can open it again, and until then no new password can be chosen: please ask them.`,
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
