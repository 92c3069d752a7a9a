import { expect, onTestFinished } from 'vitest';
import { createFakeSubject } from '../jellyfin/subject.ts';
import { createRandom, type Random } from '../measure/random.ts';
import { createStage } from './gatehouse.ts';

/** Doors through which strangers hand us text, with the field of each and how often it is tried of 100 times. */
const DOORS = [
  { path: '/gatehouse/api/reset-requests', field: 'enteredName', times: 35 },
  { path: '/Users/ForgotPassword', field: 'EnteredUsername', times: 25 },
  { path: '/Users/ForgotPassword/Pin', field: 'Pin', times: 5 },
  { path: '/gatehouse/api/links', field: 'token', times: 10 },
  { path: '/gatehouse/api/passwords', field: 'password', times: 10 },
  { path: '/gatehouse/api/pins', field: 'pin', times: 5 },
  { path: '/Users/AuthenticateByName', field: 'Username', times: 10 },
] as const;

/** Requests at once. */
const AT_ONCE = 12;

function bodyFor(random: Random, field: string): string {
  const kind = random.below(10);
  // Neither JSON nor anything.
  if (kind === 0) return randomText(random);
  // JSON of another shape.
  if (kind === 1) return JSON.stringify(randomValue(random));
  const value = kind === 2 ? randomValue(random) : randomText(random);
  const further = kind === 3 ? { [randomText(random)]: randomValue(random) } : {};
  return JSON.stringify({ ...further, token: 'x'.repeat(43), Pw: 'wrong', [field]: value });
}

/**
 * Throws random strings at seven doors of a whole Gatehouse and fails when one of them brings an error of ours, is not
 * answered, or leaves anything but one line of JSON an event in the log.
 *
 * @param total How many, in hundreds.
 */
export async function throwStrings(total: number): Promise<void> {
  const subject = await createFakeSubject({ version: '10.11.11' });
  onTestFinished(() => subject.close());
  const stage = await createStage(subject, { reset: 'limits: { requestsPerClientPerHour: 200 }' });
  onTestFinished(() => stage.close());
  const random = createRandom(5_2026);
  const jobs = DOORS.flatMap(({ path, field, times }) =>
    Array.from({ length: (times * total) / 100 }, () => ({
      path,
      body: bodyFor(random, field),
      agent: randomText(random),
    })),
  );
  expect(jobs).toHaveLength(total);
  const failures: string[] = [];
  const statuses = new Map<string, number>();
  const work = jobs.values();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const { path, body, agent } of work) {
        const answer = await fetch(`${stage.url}${path}`, {
          method: 'POST',
          headers: {
            'Content-Type': 'application/json',
            'User-Agent': encodeURIComponent(agent.toWellFormed()).slice(0, 200),
          },
          body,
        });
        const text = await answer.text();
        const key = `${path} ${answer.status}`;
        statuses.set(key, (statuses.get(key) ?? 0) + 1);
        if (answer.status >= 500 || /\bat .*:\d+:\d+|node_modules|SQLITE/.test(text)) {
          failures.push(`${key} ${text.slice(0, 200)} for ${JSON.stringify(body).slice(0, 300)}`);
        }
      }
    }),
  );
  expect(failures).toEqual([]);
  for (const { path } of DOORS) {
    expect([...statuses.keys()].filter((key) => key.startsWith(`${path} `)).length, path).toBeGreaterThan(0);
  }
  expect(statuses.get('/Users/ForgotPassword 200')).toBeGreaterThan(total / 100);
  expect((await fetch(`${stage.url}/gatehouse/health/live`)).status).toBe(200);

  const lines = stage.log
    .text()
    .split('\n')
    .filter((line) => line !== '');
  expect(lines.length).toBeGreaterThan(100);
  for (const line of lines) {
    // Nothing that ends a line or steers a terminal, however it is read.
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
    expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202e]/);
    expect((JSON.parse(line) as { event: unknown }).event).toMatch(/^[a-z-]+$/);
  }
  expect(stage.log.events()).not.toContain('forged');
  expect(({} as Record<string, unknown>)['x']).toBeUndefined();
}

/** Pieces that have broken other programs. */
const PIECES = [
  ...[
    '\r\n',
    '\n{"event":"forged"}\n',
    '\u0000',
    '\u001b[2J',
    '\u001b]0;x\u0007',
    '\u2028',
    '\u202e',
    '\ufeff',
  ],
  ...[
    "' OR 1=1 --",
    '"; DROP TABLE contacts; --',
    '\\',
    '%00',
    '%0d%0aSet-Cookie:%20a=b',
    '\x24{7*7}',
    '{{7*7}}',
  ],
  ...['../../etc/passwd', '<script>alert(1)</script>', '<!--', ']]>', '&#0;', '__proto__', 'constructor'],
  ...['\ud800', '\udfff', '💥', 'ß', 'İ', 'é', 'e\u0301', 'ａ', '\u0600', 'true', 'null', '1e999', '-0'],
  ...['alice', 'bob', 'alice@example.org', 'a@b, c@d', '"a@evil x"@ok', 'A'.repeat(200), ' ', '\t', 'NaN'],
];

/** A text of up to about 20 pieces or single characters of any kind. */
export function randomText(random: Random): string {
  let text = '';
  for (let left = random.below(20); left > 0; left--) {
    text += random.below(3) === 0 ? random.pick(PIECES) : String.fromCharCode(random.below(0x1_0000));
  }
  return text;
}

/** A JSON value of any type, up to some levels deep. */
export function randomValue(random: Random, depth = 0): unknown {
  const kind = random.below(depth > 3 ? 5 : 8);
  if (kind < 3) return randomText(random);
  if (kind === 3) return random.pick([0, -1, 1e308, 2 ** 53, 0.1]);
  if (kind === 4) return random.pick([null, true, false]);
  const entries = Array.from({ length: random.below(5) }, () => randomValue(random, depth + 1));
  if (kind === 5) return entries;
  return Object.fromEntries(entries.map((entry) => [randomText(random), entry]));
}
