import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';
import { launchChromium } from '../../support/browser/chromium.ts';
import { serveHostilePage } from '../../support/browser/hostile-page.ts';
import { createFakeSubject } from '../../support/jellyfin/subject.ts';
import { createStage } from '../../support/program/gatehouse.ts';
import { askForm, callApi, tokenIn } from '../../support/program/split-stage.ts';
import { OWN_CALLS, OWN_READABLE } from '../../support/reset/own-routes.ts';

/** A stage on which alice has a live link, and nothing is under way any more. */
async function open() {
  const subject = await createFakeSubject({ version: '10.11.11' });
  onTestFinished(() => subject.close());
  const stage = await createStage(subject);
  onTestFinished(() => stage.close());
  expect((await askForm(stage.url, 'alice')).status).toBe(200);
  const token = await tokenIn(stage, 1);
  let before = '';
  await expect
    .poll(
      () => {
        const previous = before;
        before = dumpTables(stage.storagePath);
        return previous === before;
      },
      { interval: 300, timeout: 20_000 },
    )
    .toBe(true);
  const writes = () =>
    subject.fake?.journal.filter(
      ({ method, path }) => /^(?:POST|PUT|PATCH|DELETE)$/.test(method) && /Password|Users/.test(path),
    ) ?? [];
  const password = subject.users[0]?.password;
  return { stage, token, writes, isUnchanged: () => dumpTables(stage.storagePath) === before, password };
}

const PASSWORD = 'a phrase of the attacker';

describe('a page of another site', () => {
  it.each([
    ['of another host', 'localhost'],
    ['of another port of the same host', '127.0.0.1'],
  ])(
    '%s changes nothing with forms, fetches, beacons and images',
    async (_where, host) => {
      const { stage, token, writes, isUnchanged } = await open();
      const calls = {
        ...Object.fromEntries(Object.entries(OWN_CALLS).map(([path, body]) => [`/gatehouse${path}`, body])),
        '/gatehouse/api/reset-requests': { enteredName: 'alice' },
        '/gatehouse/api/passwords': { token, password: PASSWORD },
      };
      const port = await serveHostilePage({ target: stage.url, calls });
      const browser = await launchChromium();
      onTestFinished(() => browser.close());
      const page = await browser.newPage();
      const sent: string[] = [];
      page.on('request', (request) => {
        if (request.url().startsWith(stage.url)) sent.push(`${request.method()} ${request.resourceType()}`);
      });
      await page.goto(`http://${host}:${port}/`);
      await page.waitForFunction("document.title.startsWith('done')", undefined, { timeout: 60_000 });
      expect(await page.title()).toBe(`done ${12 * Object.keys(calls).length}`);
      expect(sent.filter((one) => one.startsWith('POST')).length).toBeGreaterThan(
        5 * Object.keys(calls).length,
      );
      expect(isUnchanged()).toBe(true);
      expect(writes()).toEqual([]);
      const link = await callApi(stage.url, 'links', { token });
      expect(await link.json()).toMatchObject({ state: 'open', userName: 'alice' });
      // The very same call from our own page is what changes something.
      expect((await callApi(stage.url, 'passwords', { token, password: PASSWORD })).status).toBe(200);
      expect(isUnchanged()).toBe(false);
    },
    90_000,
  );
});

it('GET, HEAD and OPTIONS of everything, with whatever query, leave the database and Jellyfin as they are', async () => {
  const { stage, token, writes, isUnchanged } = await open();
  const queries = [
    '',
    `?token=${token}&password=${encodeURIComponent(PASSWORD)}`,
    '?enteredName=alice&enteredName=bob',
    '?enteredName[]=alice&enteredName[__proto__][a]=1&__proto__[isAdministrator]=true',
    '?constructor.prototype.isAdministrator=true&user=alice&user=bob',
    `#${token}`,
  ];
  const paths = [
    ...OWN_READABLE,
    ...Object.keys(OWN_CALLS),
    '/',
    '/nowhere',
    `/reset/${token}`,
    `/api/links/${token}`,
  ];
  const answers: Response[] = [];
  for (const path of paths) {
    for (const query of queries) {
      for (const method of ['GET', 'HEAD', 'OPTIONS']) {
        answers.push(await fetch(`${stage.url}/gatehouse${path}${query}`, { method }));
      }
    }
  }
  for (const method of ['GET', 'HEAD', 'OPTIONS']) {
    await fetch(`${stage.url}/Users/ForgotPassword?EnteredUsername=alice`, { method });
    await fetch(`${stage.url}/Users/ForgotPassword/Pin?Pin=${token}`, { method });
  }
  expect(answers.length).toBeGreaterThan(200);
  expect(Math.max(...answers.map(({ status }) => (status === 503 ? 0 : status)))).toBeLessThan(500);
  for (const answer of answers) expect(await answer.text()).not.toContain(token);
  expect(isUnchanged()).toBe(true);
  expect(writes()).toEqual([]);
  expect(({} as Record<string, unknown>)['isAdministrator']).toBeUndefined();
});

/** Everything a database file holds, table by table; the same text for the same rows. */
function dumpTables(path: string): string {
  const db = new DatabaseSync(path, { readOnly: true });
  try {
    const tables = db.prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").all();
    return tables
      .map(({ name }) => {
        const rows = db.prepare(`SELECT * FROM "${String(name)}"`).all();
        const lines = rows.map((row) =>
          JSON.stringify(row, (_key, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value)),
        );
        return `${String(name)}\n${lines.sort().join('\n')}`;
      })
      .join('\n\n');
  } finally {
    db.close();
  }
}
