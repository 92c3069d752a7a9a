import { expect, it, onTestFinished, vi } from 'vitest';
import { AUDITED_EVENTS } from '../../../server/audit/events.ts';
import { createToken } from '../../../server/secrets/token.ts';
import { openStorage } from '../../../server/storage/open-storage.ts';
import { createFakeSubject } from '../../support/jellyfin/subject.ts';
import { createStage } from '../../support/program/gatehouse.ts';
import { tokenIn } from '../../support/program/split-stage.ts';

const OUTSIDE = '203.0.113.20';
const LONG = { timeout: 60_000, interval: 50 };
const PASSWORD = 'told once and kept once';

it('a day with everything in it: each event is one line and one row, with who, from where and how it ended', async () => {
  const subject = await createFakeSubject({ version: '10.10.7' });
  onTestFinished(() => subject.close());
  const stage = await createStage(subject);
  onTestFinished(() => stage.close());
  const { port } = new URL(stage.url);
  const config = `listen: { host: 127.0.0.1, port: ${port}, trustedProxies: [127.0.0.1] }
public: { url: '${stage.url}' }
jellyfin: { url: '${subject.url}', apiKey: ${subject.apiKey} }
reset: { limits: { messagesPerAccountPerHour: 1 } }
loginThrottle: { lan: true }
mail: { url: '${stage.inbox.url}', from: noreply@example.org }
storage: ${stage.storagePath}
`;
  await stage.apply(config);
  const post = async (path: string, body: unknown) => {
    const answer = await fetch(`${stage.url}${path}`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'X-Forwarded-For': OUTSIDE,
        Authorization: 'MediaBrowser Client="T", Device="T", DeviceId="t", Version="1"',
      },
      body: JSON.stringify(body),
    });
    await answer.text();
    return answer.status;
  };
  const logged = (event: string) => vi.waitFor(() => expect(stage.log.events()).toContain(event), LONG);

  stage.inbox.refuse('temporary');
  await post('/Users/ForgotPassword', { EnteredUsername: 'alice' });
  await logged('message-delayed');
  stage.inbox.refuse('accept');
  const token = await tokenIn(stage, 1);
  await post('/Users/ForgotPassword', { EnteredUsername: 'alice' });
  await logged('reset-limited');
  await post('/Users/ForgotPassword', { EnteredUsername: 'nobody' });
  await logged('reset-unresolved');
  stage.inbox.refuse('permanent');
  await post('/Users/ForgotPassword', { EnteredUsername: 'bob' });
  await logged('message-dead');
  stage.inbox.refuse('accept');
  for (let n = 0; n < 7; n += 1)
    await post('/Users/AuthenticateByName', { Username: 'bob', Pw: `wrong ${n}` });
  await logged('login-held');
  await subject.fake?.setPhase('refused');
  await post('/gatehouse/api/passwords', { token, password: PASSWORD });
  await logged('password-not-changed');
  await subject.fake?.setPhase('ready');
  await vi.waitFor(
    async () => expect(await post('/gatehouse/api/passwords', { token, password: PASSWORD })).toBe(200),
    LONG,
  );
  await post('/gatehouse/api/passwords', { token, password: PASSWORD });
  await post('/gatehouse/api/links', { token: createToken() });
  await stage.inbox.waitFor(2, 30_000);
  await vi.waitFor(() => {
    expect(stage.log.events().filter((event) => event === 'message-sent')).toHaveLength(2);
  }, LONG);

  const audited = stage.log.events().filter((event) => AUDITED_EVENTS[event] !== undefined);
  const storage = await openStorage(stage.storagePath);
  onTestFinished(() => storage.close());
  await vi.waitFor(
    async () => expect(await storage.audit.list({ limit: 1_000 })).toHaveLength(audited.length),
    LONG,
  );
  const rows = await storage.audit.list({ limit: 1_000 });
  expect(rows.map((row) => row.event).sort()).toEqual([...audited].sort());
  expect([...new Set(audited)].sort()).toEqual(
    expect.arrayContaining([
      ...['link-refused', 'login-failed', 'login-held', 'message-dead', 'message-delayed', 'message-sent'],
      ...['password-changed', 'password-not-changed', 'reset-asked', 'reset-limited', 'reset-unresolved'],
    ]),
  );
  const { id } = subject.fake?.user('alice') ?? {};
  expect(rows.find((row) => row.event === 'password-changed')).toMatchObject({
    userId: id,
    clientAddress: OUTSIDE,
  });
  expect(rows.find((row) => row.event === 'login-held')).toMatchObject({ clientAddress: OUTSIDE });
  expect(rows.filter((row) => row.event === 'link-refused').map((row) => row.outcome)).toEqual([
    'unknown',
    'used',
  ]);
  for (const line of stage.log.text().trim().split('\n')) expect(JSON.parse(line)).toHaveProperty('time');
}, 120_000);
