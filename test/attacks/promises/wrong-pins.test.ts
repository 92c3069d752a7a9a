import { expect, it } from 'vitest';
import { createRedeemingStage, redeem } from '../../support/program/redeeming-stage.ts';

const WRONG = 'AAAA-AAAA-AAAA-AAAA';

it('guessed PINs are held back from one network after ten and from everywhere after a hundred, at both doors, and good ones never', {
  timeout: 60_000,
}, async () => {
  const stage = await createRedeemingStage({ people: 1, method: 'pin-link' });
  const { url } = await stage.start();
  const post = async (path: string, body: object, from: string) => {
    const answer = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Forwarded-For': from },
      body: JSON.stringify(body),
    });
    const { date: _, ...headers } = Object.fromEntries(answer.headers);
    return { status: answer.status, headers, text: await answer.text() };
  };
  const ours = (pin: string, from: string) => post('/gatehouse/api/pins', { pin }, from);
  const jellyfins = (pin: string, from: string) => post('/Users/ForgotPassword/Pin', { Pin: pin }, from);

  await post('/Users/ForgotPassword', { EnteredUsername: 'person0' }, '192.0.2.1');
  const [mail] = await stage.inbox.waitFor(1, 30_000);
  const pin = /(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}/.exec(mail?.text ?? '')?.[0] ?? '';
  expect(pin).not.toBe('');

  const atJellyfins = new Set<string>();
  let guesses = 0;
  async function guess(from: string): Promise<number> {
    guesses += 1;
    if (guesses % 2 === 0) return (await ours(WRONG, from)).status;
    const answer = await jellyfins(WRONG, from);
    atJellyfins.add(JSON.stringify(answer));
    return answer.status;
  }
  for (let n = 0; n < 10; n += 1) expect(await guess('198.51.100.1')).toBe(404);
  expect((await ours(WRONG, '198.51.100.1')).status).toBe(429);
  // Another address of the same IPv6 network is no other network.
  for (let n = 0; n < 10; n += 1) expect(await guess(`2001:db8::${n + 1}`)).toBe(404);
  expect((await ours(WRONG, '2001:db8::ffff')).status).toBe(429);
  // Two of them went over the limit of their networks; they count for everywhere as well.
  while (guesses < 98) expect(await guess(`198.51.101.${guesses}`)).toBe(404);
  for (const from of ['203.0.113.1', '203.0.113.2', '203.0.113.3']) {
    expect((await ours(WRONG, from)).status).toBe(429);
    atJellyfins.add(JSON.stringify(await jellyfins(WRONG, from)));
  }
  expect(atJellyfins.size).toBe(1);

  // From a network that guesses, while the whole world does.
  for (const from of ['198.51.100.1', '203.0.113.9']) {
    const good = await ours(pin, from);
    expect(good.status).toBe(200);
    expect((await jellyfins(pin.toLowerCase().replaceAll('-', ' '), from)).status).toBe(200);
  }
  const { token } = JSON.parse((await ours(pin, '198.51.100.1')).text) as { token: string };
  expect(await redeem(url, token, 'a phrase of some length')).toBe(200);
  expect(stage.jellyfin.user('person0').password).toBe('a phrase of some length');
  const reached = stage.jellyfin.journal.filter(({ path }) => /ForgotPassword/i.test(path));
  expect(reached).toEqual([]);
});
