import type { Row } from './row.ts';

/**
 * Faults: what must hold when something breaks. Most run shortened with all tests, and in full by
 * `npm run test:faults`, under the same file name in `test/faults`.
 */
export const FAULT_ROWS: readonly Row[] = [
  {
    id: 'C1',
    holds: 'killed while a password is set: the one submitted is in force, or the link is still good',
    by: [
      ['server/kill', 'C1, C2: '],
      ['faults/kill', 'C1, C2: '],
    ],
  },
  {
    id: 'C2',
    holds: 'killed while a mail goes out: none is lost, and only one that was taken is sent again',
    by: [
      ['server/outbox/kills', 'killed in the midst of the talk with the mail server'],
      ['faults/outbox-kills', 'killed '],
    ],
  },
  {
    id: 'C3',
    holds: 'a link redeemed by many at once is redeemed once',
    by: [
      ['server/parallel-redemption', 'C3: '],
      ['faults/parallel-redemption', 'in four processes'],
    ],
  },
  {
    id: 'C4',
    holds: 'two processes send no message twice',
    by: [
      ['server/outbox/outbox', 'two outboxes on one file send each message once'],
      ['server/storage/processes', 'in PostgreSQL'],
      ['faults/outbox-kills', 'four processes on one outbox, one of them killed again and again'],
    ],
  },
  {
    id: 'C5',
    holds: 'mail away for hours: requests are answered, messages come after, at most one connection a second',
    by: [
      ['server/outbox/smtp-outages', 'mail down for six hours, each hour in another way'],
      ['server/outbox/faults', 'a failing mail server sees at most one connection a second'],
    ],
  },
  {
    id: 'C6',
    holds: 'refused for good, refused for now: each its own way, and nobody waits behind it',
    by: [['server/outbox/faults', 'one recipient refused for good and one for now hold up nobody']],
  },
  {
    id: 'C7',
    holds:
      'a second channel when the first fails, in the order in which they stand, with one message and no try before its time',
    by: [
      ['server/channels/fallback', 'where %s, the message comes by mail, which is next in the order, once'],
      ['server/channels/fallback', '%s hears nothing of anybody before the pause that it asked for is over'],
      ['server/outbox/delivery', 'where the first channel %s, the second gets the message'],
      ['server/outbox/delivery', 'where no channel works all are tried again'],
      ['server/journeys-of-channels/channels', 'blocks it: the contact is refused, and the next one gets'],
      ['server/journeys-of-channels/channels', 'is reached elsewhere while it is away'],
      ['server/journeys-of-channels/channels', 'is sent nothing before the pause is over'],
    ],
  },
  {
    id: 'C8',
    holds: 'a full disk: the same refusal for everybody, and all is well when there is room again',
    by: [
      ['server/storage/sqlite/database', 'a disk that is full is named, and the file stays good'],
      ['server/storage-faults', 'because the disk is full: the same, and the file stays whole'],
    ],
  },
  {
    id: 'C9',
    holds: 'a database that is locked, killed or out of connections',
    by: [
      ['server/storage-faults', 'because PostgreSQL was killed: resets wait for it'],
      ['server/storage-faults', 'because another process holds the file: the same'],
      ['server/storage/postgres/faults', 'a server that has no connection left'],
      ['faults/storage', 'stopped where it stands: 503 after a while, nothing else waits, back at once'],
    ],
  },
  {
    id: 'C10',
    holds: 'a damaged, older, newer or foreign database is told, never deleted; a step is made whole or not',
    by: [
      ['server/storage/sqlite/database', 'finds damaged pages'],
      ['server/storage/storms', 'kill -9 while a SQLite file is brought up to date'],
      ['server/storage/recovery', 'says %s (%s), and works without a restart when it is mended'],
      ['server/storage/sqlite/copies', 'before each step the file is copied beside it'],
      ['server/storage/sqlite/migrate', 'a step that fails leaves the schema of the step before'],
    ],
  },
  {
    id: 'C11',
    holds: 'a clock that jumps sends nothing twice and holds nothing up',
    by: [
      ['server/outbox/clock-jumps', 'a clock set forward takes no row from who is sending it'],
      ['server/outbox/clock-jumps', 'a row that was put off does not wait for a clock that was set back'],
    ],
  },
  {
    id: 'C12',
    holds: 'a broken configuration never gets into force',
    by: [
      ['server/config/watch', 'never gets in force in 200 mutations'],
      ['journeys/program', 'reloads on SIGHUP without dropping an open socket'],
    ],
  },
  {
    id: 'C13',
    holds: 'Jellyfin restarts: people wait on a page of ours and go on',
    by: [
      ['server/jellyfin-away', 'comes back, the front page does so too'],
      ['journeys/waiting', 'whoever comes while Jellyfin loads waits on a quiet page'],
    ],
  },
  {
    id: 'C14',
    holds: 'told to end, it lets nobody in and finishes what is under way',
    by: [
      ['server/ending', 'C14: '],
      ['faults/ending', 'C14: '],
    ],
  },
  {
    id: 'C15',
    holds: 'a million requests leave no memory and no file descriptor behind',
    by: [
      ['faults/endurance', 'C15: '],
      ['server/storms', 'C16: random bytes and connections that are reset in the middle'],
    ],
  },
  {
    id: 'C16',
    holds: 'storms of broken connections, and no file descriptors: it goes on',
    by: [
      ['server/storms', 'C16: random bytes and connections that are reset in the middle'],
      ['server/storms', 'C16: with no file descriptor left'],
    ],
  },
  {
    id: 'C17',
    holds: 'a mod that loops or explodes is left out',
    by: [
      ['attacks/rewriting/bad-mods', 'C17: one that %s is named once'],
      ['faults/rewriting-limits', 'C17: one that loops again and again'],
    ],
  },
  {
    id: 'C18',
    holds: 'a million old rows slow nobody, and go',
    by: [
      ['server/growth', 'C18: '],
      ['faults/storage', 'a million old rows go in the background while requests are kept'],
    ],
  },
  {
    id: 'C19',
    holds: 'it starts with nothing there, and needs no restart',
    by: [['server/bare-start', 'C19: ']],
  },
  {
    id: 'C20',
    holds: 'a backup made while it works is whole, and used links stay used',
    by: [
      ['server/commands/backup', 'copies the database while it is written to'],
      ['server/commands/backup', 'brings a backup back and keeps what was there'],
    ],
  },
  {
    id: 'C21',
    holds: 'connections to PostgreSQL that break: each step whole or not at all',
    by: [
      ['server/storage/storms', 'connections to PostgreSQL that are cut all the while lose nothing'],
      ['faults/storage', 'connections cut for a minute lose nothing that was promised'],
      [
        'server/storage/postgres/connection-loss',
        'a connection that the server ends while it lets us in fails %s, and nothing else',
      ],
      ['server/storage/storms', 'PostgreSQL killed at random moments ends nobody who uses it'],
      ['faults/postgres-kills', 'PostgreSQL killed at'],
    ],
  },
  {
    id: 'C22',
    holds: 'keys that change: the old one is good until it is taken out, and then no more',
    by: [
      ['server/split/changed-secret', 'while the secret of the halves is changed both are taken'],
      ['server/channels/webhook', 'while the key is changed each body is signed with both'],
      ['server/channels/dkim', 'when the key is changed, mails of before hold'],
      ['server/channels/oauth2', 'is used from then on, and written to the file for the next start'],
      ['server/channels/oauth2', 'that somebody puts into the file is taken without a restart'],
    ],
    because:
      'Links are kept as hashes without a key, and the key of PINs stays with the database and is never changed.',
  },
  {
    id: 'C23',
    holds: 'limits outlive a restart and hold over all processes',
    by: [
      ['server/floods', 'is counted in the store, so that a restart forgets none of it'],
      ['server/storage/storms', 'limits outlive a restart of the database and of us'],
      ['server/storage/processes', 'in a SQLite file'],
      ['server/login/login-throttle', 'still hold after a restart'],
    ],
  },
  {
    id: 'C24',
    holds: 'it serves a second after its start, in little memory',
    by: [['server/bare-start', 'C19: ']],
    because: '`npm run bench` measures both: start to first proxied byte, idle memory.',
  },
];
