import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../injector/admission/limits.ts';
import { MAX_LOGIN_BYTES } from '../injector/answers/sign-in.ts';
import { FILE_LIMITS } from '../injector/files/limits.ts';
import { FIRST_WAIT_MS, RETRY_MS } from '../injector/files/mod-files.ts';
import { MAX_FILE_BYTES } from '../injector/jellyfin/web-client.ts';
import { REPLACEMENT_LIMITS } from '../injector/kit/replacements.ts';
import { ACCOUNT_LIMITS } from '../server/account/account-limits.ts';

import { CODE_MS } from '../server/account/prove-contact.ts';
import { SESSION_LIFE } from '../server/account/sessions.ts';
import { FLOOD_ROWS_PER_DAY, FLOOD_ROWS_PER_MINUTE } from '../server/audit/audit-log.ts';
import { CHANNELS } from '../server/channels/registry.ts';
import { createConfigSchema } from '../server/config/schema.ts';
import { ADMIN_CALLS_PER_MINUTE, ADMIN_SENDINGS_PER_HOUR } from '../server/http/routes/admin.ts';
import { WRONG_TOKENS_IN_ALL, WRONG_TOKENS_PER_NETWORK } from '../server/http/wrong-tokens.ts';
import { ANSWER_MS, MOST_BYTES } from '../server/imports/ask-json.ts';
import { MOST_RECORD } from '../server/imports/csv/csv-reader.ts';
import { ENTRIES_MS, PAGE_ENTRIES } from '../server/imports/ldap.ts';
import { PAGE_ROWS, ROWS_MS } from '../server/imports/seerr-database.ts';
import { COPY_TRIES } from '../server/imports/sqlite-copy.ts';
import { LINES_PER_MINUTE } from '../server/log/line-limit.ts';
import { LONGEST_WAIT_MS } from '../server/login/failed-attempts.ts';
import { KNOWN_NETWORK_MS, NAMES_FACTOR } from '../server/login/login-throttle.ts';
import { UNDO_MS } from '../server/outbox/contact-messages.ts';
import { MESSAGES_PER_DAY } from '../server/outbox/message-limits.ts';
import { MOST_LIVE_SECRETS } from '../server/outbox/write-message.ts';
import { CAMPAIGN_PER_HOUR } from '../server/ports/campaigns.ts';
import { CONFIRM_MS, INVITATION_MS, MAX_WRONG_CODES } from '../server/ports/contact-changes.ts';
import { MAX_RESET_CODES, MAX_WRONG_RESET_CODES } from '../server/ports/reset-codes.ts';
import { RESULT_MS } from '../server/program/setup-asker.ts';
import { PAUSE_MS, WRONG_CODES } from '../server/program/setup-door.ts';
import { FORM_BYTES } from '../server/program/setup-forms.ts';
import { WRONG_IN_ALL, WRONG_PER_NETWORK } from '../server/reset/exchange-pin.ts';
import { CHALLENGE_MS } from '../server/reset/proofs.ts';
import { FREE_SHARE, MAX_WAITING_REQUESTS } from '../server/reset/request-reset.ts';
import { CODES_PER_ACCOUNT, CODES_PER_NETWORK, RESET_CODE_MS } from '../server/reset/send-code.ts';
import { ANSWER_WITHIN_MS } from '../server/setup/conversation.ts';
import { MAX_KEYS } from '../server/storage/memory-limits.ts';

const text = readFileSync('SECURITY.md', 'utf8');

/** First and second cell of each row of the tables below a heading, as they stand there. */
function rowsBelow(heading: string, until: string): [string, string][] {
  const part = text.slice(text.indexOf(heading), text.indexOf(until));
  return [...part.matchAll(/^\| (?!what |---)([^|]+) \| ([^|]*) \|/gm)].map(([, what = '', most = '']) => [
    what,
    most,
  ]);
}

/** Fields of the config that a row names. */
function fieldsBelow(heading: string, until: string): string[] {
  const part = text.slice(text.indexOf(heading), text.indexOf(until));
  return [...part.matchAll(/`((?:reset|loginThrottle)\.[\w.]+)`/g)].map(([, field = '']) => field);
}

const KIB = 1024;
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const parsed = createConfigSchema([], CHANNELS).parse({ jellyfin: { url: 'http://127.0.0.1' }, reset: {} });
const { limits = undefined, proofOfWork = undefined } = parsed.reset ?? {};
const { loginThrottle } = parsed;

describe('SECURITY.md names every limit with its default (ASVS 5.0 6.1.1)', () => {
  it('at the door', () => {
    expect(rowsBelow('## Limits', 'And for mods:')).toEqual([
      ['head of a request', `${LIMITS.headBytes / KIB} KiB, ${LIMITS.headerLines} lines`],
      ['target in the request line', `${LIMITS.targetBytes / KIB} KiB`],
      [
        'time for the head',
        `${LIMITS.headMs / SECOND} s, looked at each ${LIMITS.checkMs / SECOND} s; ${LIMITS.headMs / SECOND} s for TLS before it`,
      ],
      ['a body that stands still', `${LIMITS.idleBodyMs / SECOND} s (never while Jellyfin is the slow one)`],
      ['a whole body on our own routes', `${LIMITS.ownBodyMs / SECOND} s, 64 KiB`],
      ['requests that wait on one connection', `${LIMITS.waitingRequests}, ${LIMITS.waitingBytes / KIB} KiB`],
      ['idle connection', `${LIMITS.keepAliveMs / SECOND} s`],
      ['connections of one client address from outside', `${LIMITS.connectionsPerAddress}`],
      ['connections of everybody together', LIMITS.connections.toLocaleString('en')],
      ['body of a sign-in', `${MAX_LOGIN_BYTES / KIB} KiB`],
      ['lines of the log about one event', `${LINES_PER_MINUTE} in a minute`],
      ['read on after an early answer', `${LIMITS.lingerBytes / KIB} KiB, ${LIMITS.lingerMs / SECOND} s`],
    ]);
    expect(text).toContain(`beyond ${2 * LIMITS.connectionsPerAddress} closed at once`);
  });

  it('while it is set up in the browser', () => {
    expect(rowsBelow('### Setting up in the browser', '### Between injector')).toEqual([
      [
        'wrong codes',
        `${WRONG_CODES}; then there is another one, and none is looked at for ${PAUSE_MS / MINUTE} min`,
      ],
      ['an answer', `${FORM_BYTES / KIB} KiB`],
      ['a question without an answer', `${ANSWER_WITHIN_MS / HOUR} h`],
      ['the last page, to come back to', `${RESULT_MS / MINUTE} min`],
    ]);
  });

  it('of text that mods replace', () => {
    const { replacements, characters } = REPLACEMENT_LIMITS;
    expect(Object.fromEntries(rowsBelow('And for mods:', 'And for files that'))).toMatchObject({
      'text that a mod replaces in files of the web client': `${replacements} replacements of ${characters.toLocaleString('en')} characters, in files of ${MAX_FILE_BYTES / KIB / KIB} MiB, before and after; exact text, no patterns`,
    });
  });

  it('of files that mods name', () => {
    const MIB = KIB * KIB;
    expect(rowsBelow('And for files that', 'Uploads and films')).toEqual([
      ['one file', `${FILE_LIMITS.bytes / MIB} MiB`],
      [
        'all files of one configuration, in memory; those of the configuration before are kept too',
        `${FILE_LIMITS.bytesInAll / MIB} MiB, ${FILE_LIMITS.count} files`,
      ],
      ['pictures in a folder that an option names', `${FILE_LIMITS.picturesInFolder}`],
      [
        'a style with all it imports',
        `${FILE_LIMITS.styleBytes / MIB} MiB, ${FILE_LIMITS.importDepth} imports deep`,
      ],
      [
        'fetching one from its address',
        `${FILE_LIMITS.fetchMs / SECOND} s, ${FILE_LIMITS.redirects} redirects, ${FILE_LIMITS.fetchesAtOnce} at the same time`,
      ],
      ['waiting for it when a configuration comes into force', `${FIRST_WAIT_MS / SECOND} s`],
    ]);
  });

  it('and when a fetch is tried again', () => {
    const { first, last } = RETRY_MS;
    expect(text).toContain(`after ${first / SECOND} s, then ever less often, up to ${last / HOUR} h`);
  });

  it('of My Account', () => {
    const said = ({ points, windowMs }: { readonly points: number; readonly windowMs: number }): string =>
      `${points} in ${windowMs === HOUR ? 'an hour' : 'a minute'}`;
    const { idleMs, maxMs } = SESSION_LIFE;
    expect(rowsBelow('### My Account', '### Admin API')).toEqual([
      ['calls of one session', said(ACCOUNT_LIMITS.session)],
      [
        'sign-ins of one client network, of all ways, and questions with a token',
        said(ACCOUNT_LIMITS.signIn),
      ],
      ['other questions without a session of one client network', said(ACCOUNT_LIMITS.open)],
      ['codes that one account asks for', said(ACCOUNT_LIMITS.codesOfAccount)],
      ['codes that one address gets', said(ACCOUNT_LIMITS.codesOfAddress)],
      ['codes that one client network asks for', said(ACCOUNT_LIMITS.codesOfNetwork)],
      ['messages of one person to a bot', said(ACCOUNT_LIMITS.botMessages)],
      ['wrong tries of one code', `${MAX_WRONG_CODES}`],
      ['a code', `${CODE_MS / MINUTE} min`],
      ['a session', `${idleMs / MINUTE} min without use, ${maxMs / HOUR} h in all`],
      ['undoing a change of a contact', `${UNDO_MS / HOUR} h`],
      ['an invitation', `${INVITATION_MS / (24 * HOUR)} days`],
      ['“is this you?”', `${CONFIRM_MS / (24 * HOUR)} days`],
    ]);
  });

  it('of administrators', () => {
    expect(rowsBelow('### Admin API', '### Imports of contacts')).toEqual([
      ['calls', `${ADMIN_CALLS_PER_MINUTE} in a minute`],
      ['messages, links and invitations, together', `${ADMIN_SENDINGS_PER_HOUR} in an hour`],
    ]);
  });

  it('of imports of contacts', () => {
    const mebibytes = MOST_BYTES / (KIB * KIB);
    expect(rowsBelow('### Imports of contacts', '### Against floods')).toEqual([
      ['a record of CSV', `${MOST_RECORD / KIB} KiB`],
      ['an answer of another program, a file of jfa-go', `${mebibytes} MiB`],
      ['the time of an answer', `${ANSWER_MS / SECOND} s`],
      [
        `the time of ${PAGE_ENTRIES} entries of a directory, ${PAGE_ROWS} rows of PostgreSQL`,
        `${ENTRIES_MS / SECOND} s`,
      ],
      ['tries to copy a database that changes meanwhile', `${COPY_TRIES}`],
    ]);
    expect(ROWS_MS).toBe(ENTRIES_MS);
  });

  it('against floods and guessing', () => {
    const perClient = limits?.requestsPerClientPerHour ?? 0;
    const window = `${loginThrottle.windowMs / MINUTE} min`;
    expect(rowsBelow('### Against floods', '## What the admin must do')).toEqual([
      [
        'messages to one account',
        `${limits?.messagesPerAccountPerHour} in an hour, ${MESSAGES_PER_DAY} in a day`,
      ],
      [
        'messages to one mail address',
        `${limits?.messagesPerAddressPerHour} in an hour, ${MESSAGES_PER_DAY} in a day`,
      ],
      ['messages in all', `${limits?.messagesPerHour} in an hour`],
      ['questions “is this you?” on one channel', `${CAMPAIGN_PER_HOUR} in an hour, one at a time`],
      ['live links and PINs of one account', `${MOST_LIVE_SECRETS}`],
      ['requests of one client network', `${perClient} in an hour`],
      ['of these without a proof of work', `${Math.floor(perClient * FREE_SHARE)} in an hour`],
      ['requests of everybody without a proof of work', `${limits?.requestsPerHour} in an hour`],
      ['work of a proof', `${proofOfWork?.hashes} hashes, good for ${CHALLENGE_MS / MINUTE} min, once`],
      ['requests that wait to be looked at', `${MAX_WAITING_REQUESTS}`],
      [
        'wrong links, and wrong codes for links',
        `${WRONG_TOKENS_PER_NETWORK.points} in a minute from one network, ${WRONG_TOKENS_IN_ALL.points} from all`,
      ],
      [
        'wrong PINs',
        `${WRONG_PER_NETWORK.points} in a minute from one network, ${WRONG_IN_ALL.points} in an hour from all`,
      ],
      ["codes of an administrator's link", `${MAX_RESET_CODES}, each for ${RESET_CODE_MS / MINUTE} min`],
      ["wrong codes of an administrator's link", `${MAX_WRONG_RESET_CODES}, over all of its codes`],
      ['codes that one account is sent for its links', `${CODES_PER_ACCOUNT.points} in an hour`],
      ['codes for links that one client network asks for', `${CODES_PER_NETWORK.points} in an hour`],
      [
        'audit rows of one event that strangers cause',
        `${FLOOD_ROWS_PER_MINUTE} in a minute, ${FLOOD_ROWS_PER_DAY} in a day`,
      ],
      ['counts in memory, where there is no database', `${MAX_KEYS}`],
      ['wrong passwords for one account from one network', `${loginThrottle.failures} in ${window}`],
      ['wrong passwords from one network', `${loginThrottle.failures * NAMES_FACTOR} in ${window}`],
      ['wrong passwords for an account that Jellyfin locks, from everywhere', 'one less than lock it'],
    ]);
    expect(
      [WRONG_PER_NETWORK, WRONG_TOKENS_PER_NETWORK, WRONG_TOKENS_IN_ALL].map((one) => one.windowMs),
    ).toEqual([MINUTE, MINUTE, MINUTE]);
    expect([WRONG_IN_ALL, CODES_PER_ACCOUNT, CODES_PER_NETWORK].map((one) => one.windowMs)).toEqual([
      HOUR,
      HOUR,
      HOUR,
    ]);
    expect(text).toContain(`held ${window}, then twice as long each time, up to ${LONGEST_WAIT_MS / HOUR} h`);
    expect(text).toContain(`only known networks (${KNOWN_NETWORK_MS / (24 * HOUR)} days)`);
  });

  it('and every field of the config that sets one, by its name', () => {
    const named = fieldsBelow('### Against floods', '## What the admin must do');
    const own = Object.keys(limits ?? {}).map((name) => `reset.limits.${name}`);
    expect(named).toEqual(expect.arrayContaining(own));
    const known = [
      ...own,
      ...Object.keys(proofOfWork ?? {}).map((name) => `reset.proofOfWork.${name}`),
      ...['failures', 'windowMinutes', 'lockout'].map((name) => `loginThrottle.${name}`),
    ];
    expect(named.filter((field) => !known.includes(field))).toEqual([]);
  });
});
