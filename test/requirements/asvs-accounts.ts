import type { Row } from './row.ts';

/** What ASVS 5.0 asks of passwords, recovery and sessions: chapters 6 and 7. */
export const ASVS_ACCOUNT_ROWS: readonly Row[] = [
  {
    id: '6.1.1',
    holds: 'every limit stands in the documentation as it is in the code',
    by: [
      ['server/config/example', 'shows every field there is'],
      ['server/config/example', 'shows the defaults where there are any'],
    ],
  },
  {
    id: '6.1.3/6.3.4',
    holds: "Jellyfin's own way to a reset is under the same guard, in every spelling",
    by: [
      ['injector/spellings', 'takes '],
      ['injector/answers/forgot-password', 'never hands any of them to Jellyfin'],
    ],
  },
  {
    id: '6.2.1/6.2.9',
    holds: 'short passwords are refused, long ones are taken whole',
    by: [['server/reset/password-rules', 'judges %j as %j']],
  },
  {
    id: '6.2.4/6.2.12',
    holds: 'more than ten thousand common passwords are refused without asking anybody',
    by: [
      ['server/reset/password-rules', 'has at least 10,000 passwords of 8 characters and more'],
      ['server/reset/password-rules', 'refuses every password on it'],
    ],
  },
  {
    id: '6.2.5/6.2.8',
    holds: 'any characters, byte for byte',
    by: [
      ['server/reset/choose-password', 'passes blanks, accents and emoji on as they were typed'],
      ['server/ports/accounts.contract', 'get a password, byte for byte, and the old one is dead'],
    ],
  },
  {
    id: '6.2.6/6.2.7',
    holds: 'fields are for passwords; pasting and password managers work',
    by: [['ui/pages', 'lets a password be pasted, and gives password managers the name it is for']],
  },
  {
    id: '6.2.11',
    holds: 'the names of person and server are no passwords',
    by: [
      ['server/reset/password-rules', 'judges %j as %j'],
      ['server/reset/choose-password', 'tells the name the account has now, which a password must not hold'],
    ],
  },
  {
    id: '6.3.7',
    holds: 'a changed password is told to every address',
    because: 'Contacts are changed by the administrator only, at the command line; the audit log keeps it.',
    by: [
      ['server/outbox/outbox', 'a notice goes to the account, holds no link'],
      ['server/commands/audit', 'shows who was set to which address by the commands'],
    ],
  },
  {
    id: '6.3.8',
    holds: 'no user can be told from none',
    by: [
      ['server/same-answer', 'while all is well, mail is slow, silent or refused'],
      ['faults/timing', 'while the mail server %s'],
      ['server/login/login-throttle', 'are the same for a name that does not exist'],
    ],
  },
  {
    id: '6.4.1',
    holds: 'a PIN is short-lived and never the password',
    by: [
      ['server/pins', 'a PIN is no token, and its link is no PIN'],
      ['server/reset/exchange-pin', 'an expired PIN, and one whose password is being set'],
    ],
  },
  { id: '6.4.2', holds: 'hints and questions', because: 'There are none.' },
  {
    id: '6.4.3',
    holds: 'a reset goes around no second factor',
    because: 'Jellyfin has none of its own; accounts of other providers get no link.',
    by: [['server/outbox/kinds', 'whoever signs in over another service is told so']],
  },
  {
    id: '6.4.6',
    holds: 'an administrator starts a reset and chooses no password',
    by: [['server/commands/link', 'gatehouse link takes no password']],
  },
  {
    id: '6.5.1',
    holds: 'what was sent works once',
    by: [
      ['server/reset/choose-password', 'refuses a second use, and every other link of the account'],
      ['server/reset/exchange-pin', 'a password set with the link spends the PIN'],
    ],
  },
  {
    id: '6.5.2',
    holds: 'secrets under 112 bits are kept under a key of the installation, longer ones as a hash',
    by: [
      ['server/secrets/pin', 'a PIN is kept as HMAC-SHA-256'],
      ['server/secrets/token', 'a token is kept as the SHA-256 of its text'],
    ],
  },
  {
    id: '6.5.3/6.5.4',
    holds:
      'they come from the generator of the system, or under a key that neither it nor the database gives alone',
    by: [
      ['server/secrets/token', 'every position takes all signs about equally often'],
      ['server/secrets/pin', 'every position takes all 32 signs about equally often'],
      ['server/secrets/message-secrets', 'cannot be made by whoever has the database alone'],
    ],
  },
  {
    id: '6.5.5',
    holds: 'they end: mail after 30 minutes from when it went out, what a PIN was exchanged for after ten',
    by: [
      ['server/outbox/faults', 'mail down for ten hours: the link counts its time from the mail'],
      ['server/reset/exchange-pin', 'a PIN is exchanged for a link that works for ten minutes'],
    ],
  },
  {
    id: '6.6.2',
    holds: 'a secret is good for the account it was made for, whoever asked',
    by: [['server/ports/secrets.contract', 'is exchanged for a link of its account']],
    because: 'There is no request to bind it to: who asks and who reads the message may sit at two devices.',
  },
  {
    id: '6.6.3',
    holds: 'codes have over 64 bits, and tries are limited',
    by: [
      ['server/secrets/pin', '10,000 PINs have 16 signs'],
      ['server/reset/exchange-pin', 'a network is told to wait after ten wrong PINs'],
    ],
  },
  {
    id: '6.6.4',
    holds: 'nobody is bombed with messages',
    by: [['server/floods', 'from 125 networks, by form and page, brings three messages']],
  },
  {
    id: '7.2.3/7.2.4',
    holds: 'sessions have 256 random bits, and new ones at each sign-in',
    by: [
      ['server/account/sessions', 'has a new id at each sign-in'],
      ['server/account/sign-in', 'over https sets a cookie with every flag'],
    ],
  },
  {
    id: '7.3.1/7.3.2',
    holds: 'sessions end by themselves: without use, and in all',
    by: [
      ['server/account/sessions', 'ends 30 minutes after it was used last'],
      ['server/account/sessions', 'ends after 8 hours'],
    ],
  },
  {
    id: '7.4.1',
    holds: 'signing out ends the session, here and in Jellyfin',
    by: [['server/account/sign-in', 'signing out ends what was signed in for']],
  },
  {
    id: '7.4.3',
    holds: 'a changed password ends all other sessions',
    by: [
      ['server/jellyfin/set-password', 'leaves no session of the person and no trace of our own'],
      ['server/account/sessions', 'ends sessions of My Account with a reset'],
      ['server/account/account-view', 'needs the one before, keeps the rules of a reset, ends every session'],
    ],
  },
  {
    id: '7.5.1',
    holds: 'contacts are not changed by whoever finds an open session',
    by: [
      ['server/account/takeover', 'alone changes no contact, no password'],
      ['server/own-routes/list', 'the tests of our own routes know every route there is'],
    ],
  },
];
