import { expect, it, onTestFinished } from 'vitest';
import { createFakeSubject } from '../../support/jellyfin/subject.ts';
import { createStage } from '../../support/program/gatehouse.ts';

const EVIL = 'https://evil.example';

it('a page of another origin that calls Forgot Password learns nothing, moves nothing, and gets no more than the messages to the stored address', {
  timeout: 60_000,
}, async () => {
  const subject = await createFakeSubject({ version: '10.11.11', hashMs: 1 });
  onTestFinished(() => subject.close());
  const stage = await createStage(subject, { method: 'pin-link' });
  onTestFinished(() => stage.close());
  const call = async (path: string, body: string, headers: Record<string, string>) => {
    const answer = await fetch(`${stage.url}${path}`, {
      method: 'POST',
      headers: { Origin: EVIL, 'Sec-Fetch-Site': 'cross-site', Referer: `${EVIL}/`, ...headers },
      body,
    });
    const { date: _, ...shown } = Object.fromEntries(answer.headers);
    return JSON.stringify([answer.status, shown, await answer.text()]);
  };
  const json = { 'Content-Type': 'application/json' };
  const seen = new Set<string>();
  // All the while it claims that people are elsewhere.
  const claims = {
    'X-Forwarded-Host': 'evil.example',
    'X-Forwarded-Proto': 'https',
    Forwarded: 'host=evil.example;proto=https',
    Referer: `${EVIL}/jellyfin/`,
  };
  for (let n = 0; n < 3; n += 1) {
    for (const name of ['alice', 'nobody', 'ALICE', 'alice@example.org']) {
      const body = JSON.stringify({
        EnteredUsername: name,
        email: 'eve@evil.example',
        url: EVIL,
        Pin: 'x',
      });
      seen.add(await call('/Users/ForgotPassword', body, { ...json, ...claims }));
    }
  }
  expect(seen.size).toBe(1);
  expect([...seen][0]).not.toMatch(/evil|alice/i);
  const messages = await stage.inbox.waitFor(3, 30_000);
  await expect
    .poll(() => stage.log.events().filter((event) => event === 'reset-limited').length, { timeout: 20_000 })
    .toBeGreaterThan(0);
  expect(messages).toHaveLength(3);
  for (const { to, text, html } of messages) {
    expect(to).toBe('alice@example.org');
    expect(`${text}${html}`).not.toContain('evil.example');
    expect(text).toContain(`${stage.url}/gatehouse/pin#`);
  }
  // What a form of another site can send without being asked first is no JSON.
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
    expect(
      await call('/Users/ForgotPassword', '{"EnteredUsername":"bob"}', { 'Content-Type': type }),
    ).toMatch(/^\[4/);
  }
  const pin = /(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}/.exec(messages[0]?.text ?? '')?.[0] ?? '';
  // Whoever has the PIN has the message; our own calls are refused to such a page all the same.
  expect(await call('/gatehouse/api/pins', JSON.stringify({ pin }), json)).toMatch(/^\[403/);
  expect(await call('/gatehouse/api/reset-requests', '{"enteredName":"bob"}', json)).toMatch(/^\[403/);
  expect(stage.inbox.messages.every(({ to }) => to === 'alice@example.org')).toBe(true);
  expect(subject.fake?.user('alice').password).toBe('alice-pw-1');
  const reached = subject.fake?.journal.filter(({ path }) => /ForgotPassword|Password$/i.test(path)) ?? [];
  expect(reached).toEqual([]);
});
