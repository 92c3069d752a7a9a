import type { Row } from './row.ts';

/** What NIST SP 800-63B-4 says of recovery and of passwords. */
export const NIST_ROWS: readonly Row[] = [
  {
    id: 'N1',
    holds: 'mail carries recovery only, it is no way to sign in',
    by: [['server/no-secret-outside', 'leaves no key, token, PIN or password']],
  },
  {
    id: 'N2',
    holds: 'what is sent is random and works for at most a day',
    by: [
      ['server/secrets/token', '10,000 tokens have 43 characters'],
      ['server/config/broken', '%s: tells every problem with line, column and the fix'],
      ['server/reset/choose-password', 'tells that it has expired, on the millisecond'],
    ],
  },
  { id: 'N3', holds: 'saved recovery codes', because: 'There are none.' },
  {
    id: 'N4',
    holds: 'every recovery is told to the person',
    by: [['server/outbox/outbox', 'a notice goes to the account, holds no link']],
  },
  {
    id: 'N5',
    holds: 'after a hundred wrong codes in a row wrong ones are no longer judged; signing in stays open',
    by: [
      ['server/reset/exchange-pin', 'after 100 wrong PINs in a row'],
      ['server/reset/exchange-pin', 'a good PIN works from a network that guesses'],
    ],
  },
  {
    id: 'N6',
    holds: 'length counts, not composition; Unicode, pasting and showing work; common ones are refused',
    by: [
      ['server/reset/password-rules', 'counts code points, not UTF-16 units or bytes'],
      ['ui/pages/choose-password', 'shows both fields as text on demand'],
      ['server/config/load', 'gives the reset service everything it needs, with defaults'],
    ],
    because: 'minLength is 8 by default; 15 is one line of the config.',
  },
  {
    id: 'N7',
    holds: 'recoveries are on record',
    by: [
      ['server/audit/audit-log', 'says who, from where, how it ended'],
      ['server/commands/audit', 'shows one person by name or id'],
    ],
  },
];
