import { expect, test } from 'vitest';
import { createScriptedAccounts } from '../support/jellyfin/scripted-accounts.ts';
import { startResetApp } from '../support/reset/reset-app.ts';

const start = () => startResetApp(createScriptedAccounts());

test('a PIN of a message is exchanged for a link that chooses a password', async () => {
  const { issuePin, post } = await start();
  const pin = await issuePin('a1', 'alice');
  const answer = await post('/api/pins', { pin: ` ${pin.toLowerCase()} ` });
  expect(answer.status).toBe(200);
  const { token, ...more } = (await answer.json()) as { token: string };
  expect(more).toEqual({});
  expect(await (await post('/api/links', { token })).json()).toMatchObject({
    state: 'open',
    userName: 'alice',
  });
  expect((await post('/api/passwords', { token, password: 'correct horse staple' })).status).toBe(200);
  expect(await (await post('/api/pins', { pin })).json()).toMatchObject({ code: 'link-used' });
});

test('a PIN is no token, and its link is no PIN', async () => {
  const { issuePin, issue, post } = await start();
  const pin = await issuePin('a1', 'alice');
  expect((await post('/api/links', { token: pin.padEnd(43, 'A') })).status).toBe(200);
  expect(
    await (await post('/api/passwords', { token: pin, password: 'correct horse' })).json(),
  ).toMatchObject({
    code: 'bad-body',
  });
  expect((await post('/api/pins', { pin: await issue('a1', 'alice') })).status).toBe(404);
});

test('pressed by a mail scanner a hundred times, the PIN is still good', async () => {
  const { issuePin, post } = await start();
  const pin = await issuePin('a1', 'alice');
  for (let count = 0; count < 100; count++) expect((await post('/api/pins', { pin })).status).toBe(200);
  const { token } = (await (await post('/api/pins', { pin })).json()) as { token: string };
  expect((await post('/api/passwords', { token, password: 'correct horse staple' })).status).toBe(200);
});

test('too many wrong ones are told to wait, and a good one still works from there', async () => {
  const { issuePin, post } = await start();
  const pin = await issuePin('a1', 'alice');
  for (let count = 0; count < 10; count++) {
    expect(await (await post('/api/pins', { pin: 'wrong' })).json()).toMatchObject({ code: 'link-unknown' });
  }
  const limited = await post('/api/pins', { pin: 'wrong' });
  expect(limited.status).toBe(429);
  expect(limited.headers.get('retry-after')).toBe('60');
  expect((await post('/api/pins', { pin })).status).toBe(200);
});

test.each([{}, { pin: '' }, { pin: '   ' }, { pin: 1 }, { pin: 'x'.repeat(257) }, { pin: 'x', more: 1 }, []])(
  'a body that holds no PIN is refused: %j',
  async (body) => {
    const answer = await (await start()).post('/api/pins', body);
    expect(answer.status).toBe(400);
  },
);
