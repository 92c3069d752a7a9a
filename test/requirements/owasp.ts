import type { Row } from './row.ts';

/** The 27 rules of the OWASP Forgot Password Cheat Sheet that always apply. */
export const OWASP_ROWS: readonly Row[] = [
  {
    id: 'O1',
    holds: 'every name gets the same answer, whatever is down',
    by: [
      ['server/same-answer', 'while all is well, mail is slow, silent or refused'],
      ['server/floods', 'from 125 networks, by form and page, brings three messages'],
    ],
  },
  {
    id: 'O2',
    holds: 'and in the same time',
    by: [
      ['faults/timing', 'while the mail server %s'],
      ['faults/timing', 'while another program keeps the database busy'],
      ['server/reset/request-reset', 'every name makes the same row and the same line'],
    ],
  },
  {
    id: 'O3',
    holds: 'what proves a person comes by message only, never in an answer',
    by: [['server/no-secret-outside', 'leaves no key, token, PIN or password']],
  },
  {
    id: 'O4',
    holds: 'every message of the methods with a link holds it, the same in text and HTML',
    by: [
      ['server/messages/messages', 'the message with the link names server, user and lifetime in both parts'],
      ['server/outbox/kinds', 'method %s: the message holds a link'],
    ],
  },
  {
    id: 'O5',
    holds: 'tokens and PINs are random and alike in nothing',
    by: [
      ['server/secrets/token', '10,000 tokens have 43 characters'],
      ['server/secrets/token', 'every position takes all signs about equally often'],
      ['server/secrets/pin', 'every position takes all 32 signs about equally often'],
      ['server/secrets/message-secrets', 'differs for 10,000 messages, and every position takes all signs'],
    ],
  },
  {
    id: 'O6',
    holds: 'a link has 256 bits, a PIN 80, and wrong ones are limited',
    by: [
      ['server/secrets/token', '10,000 tokens have 43 characters'],
      ['server/secrets/pin', '10,000 PINs have 16 signs'],
      ['server/reset/exchange-pin', 'after 100 wrong PINs in a row'],
    ],
  },
  {
    id: 'O7',
    holds: 'only hashes are stored; nothing in the files or the log opens anything',
    by: [
      ['server/no-secret-outside', 'leaves no key, token, PIN or password'],
      ['server/outbox/outbox', 'neither token nor whole address is in the log'],
      ['server/secrets/pin', 'a PIN is kept as HMAC-SHA-256'],
    ],
  },
  {
    id: 'O8',
    holds: 'a link works once, until its time is over, and its success ends all others',
    by: [
      ['server/reset/choose-password', 'refuses a second use, and every other link of the account'],
      ['server/reset/choose-password', 'tells that it has expired, on the millisecond'],
      ['server/parallel-redemption', 'C3: '],
    ],
  },
  {
    id: 'O9',
    holds: 'asking and opening a link change nothing in Jellyfin',
    by: [
      ['server/own-routes/cross-site', 'GET, HEAD and OPTIONS of everything'],
      ['ui/pages', 'changes nothing by being opened'],
      ['journeys/scanner', 'spends nothing with the method %s'],
    ],
  },
  {
    id: 'O10',
    holds: 'one account and one address get three messages an hour and ten a day, however many ask',
    by: [
      ['server/floods', 'from 125 networks, by form and page, brings three messages'],
      ['server/floods', 'under 200 made-up addresses counts as the one it comes from'],
      ['server/outbox/message-limits', 'an account gets ten messages a day'],
      ['server/outbox/message-limits', 'five accounts with one address get five messages an hour together'],
    ],
  },
  {
    id: 'O11',
    holds: 'whatever is typed is text, or refused',
    by: [
      ['server/own-routes/random-strings', '1,500 random strings in seven doors'],
      ['server/http/app', 'with %s are refused'],
      ['server/own-routes/strict-json', 'of a thousand random bodies'],
    ],
  },
  {
    id: 'O12',
    holds: 'the new password is typed twice',
    by: [['ui/pages', 'never sends two passwords that are not the same']],
  },
  {
    id: 'O13',
    holds: 'one policy for every way: length, common passwords, names',
    by: [
      ['server/reset/password-rules', 'judges %j as %j'],
      ['server/reset/password-rules', 'refuses every password on it'],
      ['server/reset/choose-password', 'refuses %j without touching the link'],
    ],
  },
  {
    id: 'O14',
    holds: 'a password is stored by Jellyfin only',
    by: [['server/no-secret-outside', 'leaves no key, token, PIN or password']],
  },
  {
    id: 'O15',
    holds: 'the person is told of the change, without any secret',
    by: [
      ['server/outbox/outbox', 'a notice goes to the account, holds no link'],
      ['server/messages/messages', 'the notice says when, and holds no link'],
      ['server/outbox/message-limits', 'notices after a change are held back by no limit'],
    ],
  },
  {
    id: 'O16',
    holds: 'nobody is signed in by a reset',
    by: [['server/no-secret-outside', 'leaves no key, token, PIN or password']],
  },
  {
    id: 'O17',
    holds: 'sessions of before end, also one that overlapped the change',
    by: [
      ['server/jellyfin/set-password', 'leaves no session of the person and no trace of our own'],
      ['server/jellyfin/races', 'a sign-in with the old password that overlaps the change'],
    ],
  },
  {
    id: 'O18',
    holds: 'tokens are opaque: there is no JWT to get wrong',
    by: [['server/secrets/token', 'a token is kept as the SHA-256 of its text']],
  },
  {
    id: 'O19',
    holds: 'a link belongs to one account, which a call cannot name',
    by: [
      ['server/outbox/outbox', 'a request becomes one mail whose link is open for its account'],
      ['server/http/app', 'with %s are refused'],
    ],
  },
  {
    id: 'O20',
    holds: 'where no message arrives, the administrator hands a link over',
    by: [['server/commands/link', 'gatehouse link prints a link that works once']],
  },
  {
    id: 'O21',
    holds: 'links are made of public.url, never of a header',
    by: [
      ['server/own-routes/host-forgery', '40 forged Host and forwarding headers leave the link'],
      ['server/split/listener', 'hands on a person with the address, scheme, host and authorization'],
    ],
  },
  {
    id: 'O22',
    holds: 'a public.url without https is refused unless it is loopback or insisted on',
    by: [
      ['server/config/broken', '%s: tells every problem with line, column and the fix'],
      ['server/commands/doctor', 'says that links could be read on their way'],
    ],
  },
  {
    id: 'O23',
    holds: 'our pages send no Referer, and the token is in the fragment',
    by: [
      ['server/own-routes/headers', 'stand on every route of ours with every status'],
      ['ui/pages', 'takes the token out of the address and the history'],
    ],
  },
  {
    id: 'O24',
    holds: 'guessing is limited by network and in all, and no good link suffers',
    by: [
      ['server/reset/choose-password', 'are refused as unknown ten times a minute'],
      ['server/reset/choose-password', 'never keep a good link from being redeemed'],
      ['server/floods', 'from 125 networks ends in 429 for them'],
    ],
  },
  {
    id: 'O27',
    holds: 'a token is good for choosing a password and for nothing else',
    by: [['server/pins', 'a PIN is no token, and its link is no PIN']],
    because: 'There is no session on the reset path: no cookie is set, and no other call takes a token.',
  },
  {
    id: 'O30',
    holds: 'a flood kills no link and locks nobody out',
    by: [
      ['server/floods', 'kills no link that was sent, and keeps nobody from signing in'],
      ['server/outbox/message-limits', 'an account with three live secrets gets no fourth'],
    ],
  },
  {
    id: 'O31',
    holds: 'names are text on every page and in every message, under a policy that bites',
    by: [
      ['ui/pages/choose-password', 'shows names as text, whatever they look like'],
      ['ui/every-page', 'leave no way from a string to markup'],
      ['server/messages/messages-golden', 'names cannot become markup, lines or headers'],
    ],
  },
];

/** Four more that apply where the thing is used. */
export const OWASP_ROWS_IF_USED: readonly Row[] = [
  {
    id: 'O25',
    holds: 'a reset takes away no further step of signing in',
    because: 'Jellyfin has one factor; whoever signs in over another provider gets no link of ours.',
    by: [['server/outbox/kinds', 'whoever signs in over another service is told so']],
  },
  {
    id: 'O26',
    holds: 'typed codes are readable, limited and no password',
    because: 'A PIN has 80 bits, not six digits, so that it needs no name beside it.',
    by: [
      ['server/secrets/pin', 'a PIN is shown in four groups'],
      ['server/reset/exchange-pin', 'a network is told to wait after ten wrong PINs'],
    ],
  },
  { id: 'O28', holds: 'offline codes', because: 'There are none.' },
  { id: 'O29', holds: 'security questions', because: 'There are none.' },
];
