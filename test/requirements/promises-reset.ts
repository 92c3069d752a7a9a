import type { Row } from './row.ts';

/** The promises of SECURITY.md about resets, their messages and our own answers, in its order. */
export const RESET_PROMISE_ROWS: readonly Row[] = [
  {
    id: 'P1',
    holds: 'Asking for a reset is answered',
    by: [
      ['server/same-answer', 'while all is well, mail is slow, silent or refused'],
      ['server/same-answer', 'also past the limits'],
      ['faults/timing', 'while the mail server %s'],
    ],
  },
  {
    id: 'P2',
    holds: 'Links in messages are built from `public.url`',
    by: [['server/own-routes/host-forgery', '40 forged Host and forwarding headers']],
  },
  {
    id: 'P3',
    holds: 'A link is spent by choosing a password',
    by: [
      ['attacks/promises/stopped-process', 'a process that was stopped in the middle of a redemption'],
      ['attacks/promises/stopped-process', 'a password that is set spends every other link and PIN'],
      ['server/parallel-redemption', 'C3: '],
      ['journeys/scanner', 'spends nothing with the method %s'],
    ],
  },
  {
    id: 'P30',
    holds: 'With `reset.administrators: second-channel`',
    by: [
      ['attacks/promises/second-channel', 'changes nothing with it alone, with two processes: %s'],
      ['attacks/promises/second-channel', 'guesses five codes at most'],
      ['attacks/promises/second-channel', 'has no use of the code of another link'],
      ['attacks/promises/second-channel', 'gets no second link there when all contacts'],
      ['attacks/promises/second-channel', 'is sent no secret where there is no second verified contact'],
      ['attacks/promises/second-channel', 'needs the code from that moment on'],
      ['attacks/promises/second-channel', 'sets no password without the code either'],
      ['server/reset/second-channel', 'is promoted at the moment of the write'],
      ['server/jellyfin/set-password', 'leaves administrators alone where whoever asks says so'],
      ['journeys/second-channel', 'an administrator opens the link of the mail'],
    ],
  },
  {
    id: 'P4',
    holds: 'What an administrator disabled',
    by: [
      ['attacks/promises/disabled', 'an account that an administrator of Jellyfin %s disabled stays closed'],
      ['journeys/special-accounts', 'whom an administrator disables meanwhile stays out'],
      ['journeys/special-accounts', 'who is locked by wrong passwords is let in again'],
    ],
  },
  {
    id: 'P5',
    holds: 'After a reset no session',
    by: [
      ['journeys/sessions-end', 'every session of the person is over'],
      ['attacks/promises/after-reset', 'leaves no device, no session and no token'],
      ['attacks/promises/after-reset', 'cannot keep it from the one who had the address before'],
      ['attacks/promises/after-reset', 'nor by changing it a second time'],
    ],
  },
  {
    id: 'P6',
    holds: 'A message goes to exactly one recipient',
    by: [
      ['attacks/promises/one-recipient', 'whatever accounts, servers and addresses are called'],
      ['server/channels/smtp-injection', 'of 400 hostile names and addresses none makes'],
      ['server/outbox/outbox', 'a link that waits goes to no other address'],
      ['server/outbox/outbox', 'a link that waits for a contact that was removed goes nowhere'],
    ],
  },
  {
    id: 'P7',
    holds: 'With `mail.requireTls`',
    by: [['attacks/promises/mail-before-tls', 'with mail.requireTls nothing of a message']],
  },
  {
    id: 'P8',
    holds: 'GET, HEAD and OPTIONS never change anything',
    by: [
      ['server/own-routes/cross-site', 'GET, HEAD and OPTIONS of everything'],
      ['server/own-routes/cross-site', '%s changes nothing with forms, fetches, beacons and images'],
      ['server/own-routes/methods', '%s is for POST of our own JSON only'],
    ],
  },
  {
    id: 'P9',
    holds: 'Every answer below `/gatehouse/`',
    by: [
      ['server/own-routes/headers', 'stand on every route of ours with every status'],
      ['server/own-routes/headers', 'stand on 503 while the database cannot be used'],
      ['attacks/promises/gate-refusals', '%s is refused with the headers of every answer of ours'],
      ['attacks/promises/gate-refusals', 'a head that does not come to its end'],
    ],
  },
  {
    id: 'P10',
    holds: '`Strict-Transport-Security` for a year',
    by: [
      ['attacks/promises/strict-transport', 'is said once, for a year and for this name only'],
      ['attacks/promises/strict-transport', 'is not said over plain http'],
      ['injector/http/own-headers', 'is said %s'],
      ['injector/http/own-headers', 'is not said %s'],
    ],
  },
  {
    id: 'P27',
    holds: 'What strangers send is read in a time',
    by: [
      ['attacks/linear', 'what a stranger sends is read in a time in proportion to its length'],
      ['server/own-routes/long-texts', 'is answered 400 when it is'],
      ['check-patterns', 'finds an attack on'],
    ],
  },
  {
    id: 'P11',
    holds: 'Bodies of our API are JSON',
    by: [
      ['attacks/promises/bodies', 'that is or has %s is refused'],
      ['attacks/promises/bodies', 'that holds %s is refused'],
      ['server/http/app', 'with %s are refused'],
      ['server/http/app', 'of type %j are refused with 415'],
    ],
  },
  {
    id: 'P28',
    holds: 'A sign-in and Forgot Password, where Gatehouse decides',
    by: [['injector/answers/sign-in', 'a body that is not surely read is refused and not forwarded']],
  },
  {
    id: 'P12',
    holds: 'Forgot Password itself may be called',
    by: [
      ['attacks/promises/other-origins', 'a page of another origin that calls Forgot Password'],
      ['server/floods', 'from 125 networks, by form and page, brings three messages'],
    ],
  },
];
