import { describe, expect, it, onTestFinished } from 'vitest';
import { createJellyfinCaller } from '../../support/jellyfin/jellyfin-caller.ts';
import { askForm, callApi, openSplitStage, tokenIn } from '../../support/program/split-stage.ts';

const PASSWORD = 'a fine new phrase';

describe('two halves', () => {
  it('do what one process does, from the form to the sign-in', async () => {
    const stage = await openSplitStage();
    expect(await (await askForm(stage.url, 'alice')).json()).toMatchObject({ Action: 'ContactAdmin' });
    const token = await tokenIn(stage, 1);
    const link = await callApi(stage.url, 'links', { token });
    expect(await link.json()).toMatchObject({ state: 'open', userName: 'alice' });
    expect((await callApi(stage.url, 'passwords', { token, password: PASSWORD })).status).toBe(200);
    expect((await createJellyfinCaller(stage.url).signIn('alice', PASSWORD)).status).toBe(200);
    await stage.inbox.waitFor(2);
    const health = await (await fetch(`${stage.url}/gatehouse/health`)).json();
    expect(health).toMatchObject({ status: 'ok', reset: { storage: 'open', counts: { asked: 1 } } });
    const metrics = await (await fetch(`${stage.url}/gatehouse/metrics`)).text();
    expect(metrics).toMatch(/^gatehouse_reset_up 1$/m);
  });
});

it('carrying a request makes Node warn of no leak, however it ends', async () => {
  const stage = await openSplitStage();
  const warnings: Error[] = [];
  const note = (warning: Error): void => void warnings.push(warning);
  process.on('warning', note);
  onTestFinished(() => void process.off('warning', note));
  for (const path of ['account', 'common-passwords.txt', 'nothing'])
    await (await fetch(`${stage.url}/gatehouse/${path}`)).text();
  await callApi(stage.url, 'links', { token: 'x'.repeat(43) });
  // Warnings are told a turn later than they are made.
  await new Promise((resolve) => setImmediate(resolve));
  expect(warnings.map(({ message }) => message)).toEqual([]);
});

it('the reset half tells monitors how it is, and strangers only that it lives', async () => {
  const stage = await openSplitStage();
  const own = `http://127.0.0.1:${stage.house.servicePort}/gatehouse`;
  expect((await askForm(stage.url, 'alice')).status).toBe(200);
  const health = (await (await fetch(`${own}/health`)).json()) as { jellyfin: object | null };
  expect(health).toMatchObject({ status: 'ok', reset: { storage: 'open' }, mods: {} });
  // What Jellyfin says to the key, once it was asked; nothing of what only the other half sees.
  expect(Object.keys(health.jellyfin ?? { apiKey: null })).toEqual(['apiKey']);
  const seen = await fetch(`${own}/health`, { headers: { 'X-Forwarded-For': '203.0.113.7' } });
  expect(await seen.text()).toBe('{"status":"ok"}\n');
  const metrics = await (await fetch(`${own}/metrics`)).text();
  expect(metrics).toMatch(/^gatehouse_reset_up 1$/m);
  expect(metrics).not.toMatch(/^gatehouse_jellyfin_up/m);
});

it('a new configuration is put into force in both, and resets under way are not disturbed', async () => {
  const stage = await openSplitStage();
  expect((await askForm(stage.url, 'alice')).status).toBe(200);
  const token = await tokenIn(stage, 1);
  await stage.reload({ mods: 'page-title: { title: Film Night }', reset: 'password: { minLength: 20 }' });
  expect(await (await fetch(`${stage.url}/web/index.html`)).text()).toContain('<title>Film Night</title>');
  const answer = await callApi(stage.url, 'passwords', { token, password: PASSWORD });
  expect(await answer.json()).toMatchObject({ code: 'password-refused', faults: ['too-short'] });
});

describe('while the reset half is away', () => {
  it('everybody is told the same, nothing is taken down, and media does not notice', async () => {
    const stage = await openSplitStage();
    await stage.house.stopReset();
    const told = new Set<string>();
    for (const name of ['alice', 'nobody', 'ALICE', 'x'.repeat(200), '\u0000']) {
      const answer = await askForm(stage.url, name);
      const headers = [...answer.headers].filter(([header]) => header !== 'date');
      told.add(JSON.stringify([answer.status, headers, await answer.text()]));
    }
    expect(told.size).toBe(1);
    expect([...told][0]).toMatch(/^\[503,.*"retry-after","10"/);

    const page = await fetch(`${stage.url}/gatehouse/reset`);
    expect(page.status).toBe(503);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(await page.text()).toContain('Passwords cannot be reset right now');
    const call = await callApi(stage.url, 'reset-requests', { enteredName: 'alice' });
    expect(call.status).toBe(503);
    expect(await call.json()).toMatchObject({ code: 'unavailable' });

    expect((await fetch(`${stage.url}/web/index.html`)).status).toBe(200);
    expect((await createJellyfinCaller(stage.url).signIn('alice', 'alice-pw-1')).status).toBe(200);
    expect((await fetch(`${stage.url}/gatehouse/health/ready`)).status).toBe(200);
    const health = await (await fetch(`${stage.url}/gatehouse/health`)).json();
    expect(health).toMatchObject({ status: 'ok', reset: { storage: 'unreachable' } });
    expect(await (await fetch(`${stage.url}/gatehouse/metrics`)).text()).toMatch(/^gatehouse_reset_up 0$/m);
  });

  it('two lines are in the log, and it is used again as soon as it is back, without a restart', async () => {
    const stage = await openSplitStage();
    expect((await askForm(stage.url, 'alice')).status).toBe(200);
    await stage.house.stopReset();
    expect((await askForm(stage.url, 'bob')).status).toBe(503);
    expect((await askForm(stage.url, 'bob')).status).toBe(503);
    await stage.house.startReset();
    expect((await askForm(stage.url, 'bob')).status).toBe(200);
    const messages = await stage.inbox.waitFor(2);
    expect(messages.map(({ to }) => to).sort()).toEqual(['alice@example.org', 'bob@example.org']);
    const events = stage.log.events().filter((event) => event.startsWith('reset-service-'));
    expect(events).toEqual(['reset-service-away', 'reset-service-back']);
  });
});
