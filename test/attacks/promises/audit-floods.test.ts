import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { createJellyfinCaller } from '../../support/jellyfin/jellyfin-caller.ts';
import { createRedeemingStage, issueLinks, redeem } from '../../support/program/redeeming-stage.ts';

const MOST = 300;
const TIMES = 360;

/** How many rows there are of each event. */
function rowsIn(path: string): Record<string, number> {
  const db = new DatabaseSync(path, { readOnly: true, timeout: 5_000 });
  try {
    const rows = db.prepare('SELECT event, count(*) AS n FROM audit GROUP BY event').all();
    return Object.fromEntries(rows.map((row) => [String(row['event']), Number(row['n'])]));
  } finally {
    db.close();
  }
}

it('nothing that people can do as often as they like fills the disk: 300 rows a minute of each kind are kept, and the change of a password among them', {
  timeout: 120_000,
}, async () => {
  const stage = await createRedeemingStage({ people: 3, method: 'pin-link' });
  const { jellyfin, inbox, storage } = stage;
  const { url, program } = await stage.start();
  let clients = 0;
  const post = async (path: string, body: object): Promise<number> => {
    clients += 1;
    const answer = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'X-Forwarded-For': `198.51.${100 + (clients >> 8)}.${clients & 255}`,
        Authorization: 'MediaBrowser Client="T", Device="T", DeviceId="t", Version="1"',
      },
      body: JSON.stringify(body),
    });
    await answer.text();
    return answer.status;
  };
  const [own = '', closed = ''] = await issueLinks(stage);
  await post('/Users/ForgotPassword', { EnteredUsername: 'person2' });
  const [mail] = await inbox.waitFor(1, 30_000);
  const pin = /(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}/.exec(mail?.text ?? '')?.[0] ?? '';
  const admin = createJellyfinCaller(jellyfin.url);
  const key = 'a'.repeat(32);
  const path = `/Users/${jellyfin.user('person1').id}`;
  const { json } = await admin.call('GET', path, key);
  const { Policy } = json as { Policy: Record<string, unknown> };
  await admin.call('POST', `${path}/Policy`, key, { ...Policy, IsDisabled: true });

  const floods: Readonly<Record<string, () => Promise<unknown>>> = {
    // Without an account.
    'link-refused': () => post('/gatehouse/api/links', { token: 'x'.repeat(43) }),
    'pin-refused': () => post('/gatehouse/api/pins', { pin: 'AAAA-AAAA-AAAA-AAAA' }),
    'login-failed': () => post('/Users/AuthenticateByName', { Username: `nobody${clients}`, Pw: 'wrong' }),
    'reset-asked': () => post('/Users/ForgotPassword', { EnteredUsername: 'nobody' }),
    // With one of his own, or one that is closed.
    'pin-accepted': () => post('/gatehouse/api/pins', { pin }),
    'password-not-changed': () => redeem(url, closed, 'a phrase of some length'),
  };
  const began = Date.now();
  const flood = async (again: () => Promise<unknown>): Promise<void> => {
    for (let n = 0; n < TIMES; n += 1) await again();
  };
  await Promise.all(Object.values(floods).map(flood));
  // A minute begins with the first event of its kind.
  const minutes = 1 + Math.floor((Date.now() - began) / 60_000);
  expect(await redeem(url, own, 'a phrase of some length')).toBe(200);

  await expect.poll(() => rowsIn(storage)['password-changed'], { timeout: 20_000 }).toBe(1);
  const rows = rowsIn(storage);
  for (const event of Object.keys(floods)) {
    expect([event, rows[event]]).toEqual([event, expect.toSatisfy((n) => n >= 100 && n <= MOST * minutes)]);
    expect(program.lines.map((line) => line['event'])).toContain(event);
  }
});
