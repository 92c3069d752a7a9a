import { randomBytes, randomUUID } from 'node:crypto';
import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createLogger, loadTextLines } from '../../../server/log/log.ts';
import { createToken } from '../../../server/secrets/token.ts';
import { createLogLines } from '../../support/log/log-lines.ts';

const PIN_LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

function many<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

function createPin(): string {
  const letters = [...randomBytes(16)].map((byte) => PIN_LETTERS[byte % 32]).join('');
  return letters.replace(/(.{4})(?=.)/g, '$1-');
}

/** As .NET writes four bytes. */
const createJellyfinPin = (): string =>
  randomBytes(4)
    .toString('hex')
    .toUpperCase()
    .replace(/(..)(?=.)/g, '$1-');

/** Of a config: with everything that is written differently in JSON, in a URL or in a regular expression. */
const createConfigured = (index: number): string =>
  `${['"', '\\', '$&', 'ä ö', '%41', '+/=', '(.*)', '\u2028', '@', '#'][index % 10]}${randomBytes(9).toString('base64')}`;

/** All places of a line where a text can stand. */
function plant(log: ReturnType<typeof createLogLines>['log'], secret: string): void {
  const inUrl = `https://media.example.org/gatehouse/reset?x=1&token=${encodeURIComponent(secret)}#${secret}`;
  const cause = new Error(`caused by ${secret}`);
  const error = Object.assign(new Error(`tried ${secret} at ${inUrl}`, { cause }), { response: secret });
  log.trace({ event: 'a', text: secret, nested: { list: [secret, { deep: `x ${secret} y` }] } });
  log.debug({ event: 'b', url: inUrl, header: `MediaBrowser Token="${secret}", Client="x"` });
  log.info({ event: 'c' }, `a sentence with ${secret} in it`);
  log.warn({ event: 'd', err: error });
  log.error({ event: 'e', error: String(error), body: JSON.stringify({ Pw: secret }) });
  log.fatal({ event: 'f', err: new AggregateError([error, cause], secret) });
}

describe('secrets', () => {
  it('200 of them, planted in every place of a line at every level, are in none', () => {
    const lines = createLogLines();
    const configured = many(60, createConfigured);
    const guessed = [
      ...many(50, createToken),
      ...many(40, createPin),
      ...many(20, () => createPin().replaceAll('-', '')),
      ...many(10, createJellyfinPin),
      ...many(20, (index) => `person.${index}@mail${index}.example.org`),
    ];
    lines.log.hide(configured);
    const secrets = [...configured, ...guessed];
    for (const secret of secrets) plant(lines.log, secret);

    expect(secrets).toHaveLength(200);
    const written = lines.text();
    const spellings = (secret: string) => [
      secret,
      JSON.stringify(secret).slice(1, -1),
      encodeURIComponent(secret),
      encodeURI(secret),
    ];
    expect(secrets.filter((secret) => spellings(secret).some((text) => written.includes(text)))).toEqual([]);
    expect(lines.events()).toHaveLength(1200);
  });

  it("a key of Jellyfin's in a URL or a header goes under any name, an id of a person stays", () => {
    const lines = createLogLines();
    const key = randomBytes(16).toString('hex');
    const id = randomUUID().replaceAll('-', '');
    for (const name of ['api_key', 'ApiKey', 'API_KEY', '%61pi_key', 'X-Emby-Token', 'q']) {
      lines.log.info({ event: 'a', url: `http://j/Items?userName=x&${name}=${key}`, userId: id });
    }
    lines.log.info({ event: 'a', text: `Authorization: Bearer ${key}`, userId: id });

    expect(lines.text()).not.toContain(key);
    expect(lines.text().split(id)).toHaveLength(8);
  });

  it('what is no secret stays as it is', () => {
    const lines = createLogLines();
    const entry = {
      event: 'message-delayed',
      id: 17,
      lane: 'email',
      userId: 'b2f1c0de4a5b46c7a1d2e3f405162738',
      clientAddress: '2001:db8::17',
      nextTryMs: 5_000,
      reason:
        'Mail server mail.example.org:587 refused user name or password: 535 5.7.8; check both in mail.url.',
      version: '10.11.11',
      path: '/gatehouse/api/reset/redemptions',
      route: 'forgot-password-pin',
      messageKey: '0b0f6f0e-9c43-4d8e-a3a4-3a6a35f7c1ce',
      time: '2026-11-22T07:00:00.000Z',
    };
    lines.log.warn(entry, 'a sentence for people, with the words password, token and PIN: nothing secret');

    const {
      time: _own,
      level: _level,
      msg,
      ...written
    } = JSON.parse(lines.text().replace(/"time":"[^"]*",/, ''));
    const { time: _time, ...expected } = entry;
    expect(written).toEqual(expected);
    expect(msg).toContain('nothing secret');
  });

  it('a long text of strangers costs no more than its length', () => {
    const lines = createLogLines();
    const began = performance.now();
    for (const piece of [
      'y',
      'a.',
      'a:',
      '?',
      '&a',
      '@',
      'A-',
      'token',
      '0A-',
      'a://',
      '-',
      '1 ',
      'Bearer ',
    ]) {
      lines.log.info({ event: 'a', text: piece.repeat(50_000) });
    }
    // About a second on a slow machine; the patterns before they were bounded took minutes.
    expect(performance.now() - began).toBeLessThan(20_000);
  });

  it('a value named later is hidden from then on, in its longest form first', () => {
    const lines = createLogLines();
    lines.log.hide(['hunter', 'hunter-two-hunter']);
    lines.log.hide(['abc']);
    lines.log.info({ event: 'a', text: 'hunter-two-hunter and hunter and abc' });

    expect(JSON.parse(lines.text()).text).toBe('[redacted] and [redacted] and abc');
  });
});

describe('a line', () => {
  it('stays one, whatever a name holds', () => {
    const lines = createLogLines();
    const nasty = [
      'a\r\n{"event":"password-changed"}',
      'b\u001b[2J\u001b]0;x\u0007',
      'c\u2028d\u2029e\u0085f',
      'g\u202eh\u2066i\ufeff',
      '\u0000\u007f\u009b31m',
      '{"event":"x"}',
      '\ud800 alone',
      '\u{e0041}tag \u00ad \u200b',
    ];
    for (const name of nasty) lines.log.info({ event: 'a', name, [name]: name, err: new Error(name) }, name);

    const written = lines.text();
    expect(written.split('\n').filter((line) => line !== '')).toHaveLength(nasty.length);
    expect(written.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    expect(lines.events()).toEqual(nasty.map(() => 'a'));
  });

  it('tells its listener of every event, also of those below the level', () => {
    const lines = createLogLines();
    const heard: string[] = [];
    const listener = ({ event }: { event: string }): void => void heard.push(event);
    lines.log.level = 'error';
    lines.log.addListener(listener);
    lines.log.info({ event: 'quiet' });
    lines.log.error({ event: 'loud' });
    lines.log.removeListener(() => {});
    lines.log.warn({ event: 'still' });
    lines.log.removeListener(listener);
    lines.log.error({ event: 'ended' });

    expect(heard).toEqual(['quiet', 'loud', 'still']);
    expect(lines.events()).toEqual(['loud', 'ended']);
  });

  it('tells the last listener only, and the one before again when that one is gone', () => {
    const lines = createLogLines();
    const heard: string[] = [];
    const [first, second] = ['first', 'second'].map((name) => ({ event }: { event: string }): void => {
      heard.push(`${name} ${event}`);
    });
    if (first === undefined || second === undefined) throw new Error('there are two');
    lines.log.addListener(first);
    lines.log.addListener(second);
    lines.log.info({ event: 'a' });
    lines.log.removeListener(second);
    lines.log.info({ event: 'b' });

    expect(heard).toEqual(['second a', 'first b']);
  });
});

describe('text lines, for a terminal', () => {
  it('say time, level, event and message, and hold no secret and no control character of a stranger', async () => {
    const toText = await loadTextLines(false);
    const written: string[] = [];
    const log = createLogger(
      'info',
      new Writable({ write: (chunk, _, done) => done(void written.push(String(chunk))) }),
      toText,
    );
    log.hide(['s3cret-key']);
    log.warn({ event: 'upstream-away', reason: 'key s3cret-key \u001b[2J' }, 'Jellyfin is not reachable');
    log.info({ event: 'ending' });
    expect(written).toHaveLength(2);
    expect(written[0]).toMatch(
      /^\[\d\d:\d\d:\d\d\] WARN: upstream-away {2}Jellyfin is not reachable \{"reason":.*\}\n$/,
    );
    expect(written[0]).not.toContain('s3cret-key');
    expect(written[0]).not.toContain('\u001b');
    expect(written[1]).toMatch(/INFO: ending\n$/);
  });

  it('are one for each event, whatever its fields are called', async () => {
    const toText = await loadTextLines(false);
    const written: string[] = [];
    const log = createLogger(
      'info',
      new Writable({ write: (chunk, _, done) => done(void written.push(String(chunk))) }),
      toText,
    );
    log.warn({ event: 'jellyfin-unreachable', requests: 2, error: 'connect ECONNREFUSED 127.0.0.1:8096' });
    log.error({ event: 'request-failed', err: new Error('first line\nsecond line \u001b[2J') });
    expect(written.map((text) => text.trimEnd().split('\n').length)).toEqual([1, 1]);
    expect(written[0]).toMatch(
      /WARN: jellyfin-unreachable \{"requests":2,"error":"connect ECONNREFUSED 127\.0\.0\.1:8096"\}\n$/,
    );
    expect(written[1]).toMatch(/ERROR: request-failed {2}first line second line \\u001b\[2J \{/);
  });
});
