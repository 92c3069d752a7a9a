import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { FakeJellyfin } from '../jellyfin/fake-jellyfin.ts';
import type { Phase } from '../jellyfin/startup.ts';
import type { Subject } from '../support/jellyfin/subject.ts';
import { createFakeSubject } from '../support/jellyfin/subject.ts';
import { createStage, type Stage } from '../support/program/gatehouse.ts';

const PERSON = { Accept: 'text/html,application/xhtml+xml,*/*;q=0.8', 'Accept-Language': 'en' };

describe.each(['10.8.13', '12.0'] as const)('while Jellyfin %s', { timeout: 60_000 }, (version) => {
  let subject: Subject;
  let stage: Stage;
  let fake: FakeJellyfin;

  beforeAll(async () => {
    subject = await createFakeSubject({ version });
    stage = await createStage(subject);
    if (subject.fake === undefined) throw new Error('this needs the fake');
    fake = subject.fake;
    await until('ready');
  });
  afterAll(async () => {
    await stage?.close();
    await subject?.close();
  });

  const open = (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(`${stage.url}${path}`, { redirect: 'manual', headers: PERSON, ...init });

  /** Resolves when Gatehouse has seen it. */
  async function until(state: string): Promise<void> {
    const shown = async () =>
      ((await (await fetch(`${stage.url}/gatehouse/health`)).json()) as { jellyfin: { state: string } })
        .jellyfin;
    await vi.waitFor(async () => expect((await shown()).state).toBe(state), {
      timeout: 30_000,
      interval: 20,
    });
  }

  async function go(phase: Phase, state: string): Promise<void> {
    await fake.setPhase(phase);
    // A look is at most one second old.
    await sleep(1_010);
    await open('/System/Info/Public', { headers: {} });
    await until(state);
  }

  it('is away, people get a page in their language and programs one line; our own pages work', async () => {
    await go('refused', 'away');
    for (const [accepted, words] of [
      ['en-GB,en;q=0.9', 'Test Server is not reachable'],
      ['de-AT', 'Test Server ist nicht erreichbar'],
      ['fr', 'Test Server est injoignable'],
      ['es-MX,es', 'No se puede acceder a Test Server'],
    ] as const) {
      const answer = await open('/web/index.html', { headers: { ...PERSON, 'Accept-Language': accepted } });
      expect(answer.status).toBe(502);
      expect(answer.headers.get('retry-after')).toBe('3');
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(answer.headers.get('content-security-policy')).toContain(
        "default-src 'none'; script-src 'sha256-",
      );
      const html = await answer.text();
      expect(html).toContain(`<html lang="${accepted.slice(0, 2)}">`);
      expect(html).toContain(`<title>${words}</title>`);
      expect(html).toContain(`<h1>${words.replace('Test Server', '<bdi>Test Server</bdi>')}</h1>`);
    }
    const call = await open('/Users/Public', { headers: { Accept: 'application/json' } });
    expect([call.status, await call.text()]).toEqual([502, 'Jellyfin is not reachable.\n']);
    expect(call.headers.get('cache-control')).toBe('no-store');
    const signIn = await open('/Users/AuthenticateByName', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{"Username":"alice","Pw":"p"}',
    });
    expect(signIn.status).toBe(502);
    const head = await open('/web/index.html', { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([502, '']);
    expect((await open('/gatehouse/account')).status).toBe(200);
    expect((await open('/gatehouse/reset')).status).toBe(200);
  });

  // 10.8 to 10.10 have no start-up server.
  const itStarting = version === '12.0' ? it : undefined;
  itStarting?.('is starting, its own answers pass and only the front page is ours', async () => {
    await go('setup', 'starting');
    for (const path of ['/', '/web', '/web/', '/web/index.html', '/WEB/index.html?x']) {
      const answer = await open(path);
      expect([path, answer.status, answer.headers.get('retry-after')]).toEqual([path, 503, '3']);
      expect(await answer.text()).toContain('<h1><bdi>Test Server</bdi> is starting</h1>');
    }
    const call = await open('/Users/Public');
    expect([call.status, call.headers.get('retry-after')]).toEqual([503, '005']);
    expect(await (await open('/health', { headers: {} })).text()).toBe('Degraded');
  });

  it('is loading, nobody gets a login page that could not sign anybody in', async () => {
    await go('loading', 'loading');
    const answer = await open('/web/index.html');
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([503, 'no-store']);
    expect(await answer.text()).toContain('<h1><bdi>Test Server</bdi> is starting</h1>');

    const call = await open('/Users/Public');
    expect([call.status, call.headers.get('retry-after')]).toEqual([503, null]);
    expect(await call.text()).toBe('Jellyfin Server is loading. Please try again shortly.');
    expect((await open('/System/Ping')).status).toBe(200);
    // A program that wants the file itself gets it.
    expect((await open('/web/index.html', { headers: { Accept: '*/*' } })).status).toBe(200);
  });

  it('comes back, the front page does so too', async () => {
    await go('loading', 'loading');
    await fake.setPhase('ready');
    await vi.waitFor(async () => expect((await open('/web/index.html')).status).toBe(200), {
      timeout: 30_000,
      interval: 20,
    });
  });

  it('goes and comes, the log has a line for each and few for 300 failed requests', async () => {
    await until('ready');
    const count = (event: string): number => stage.log.events().filter((one) => one === event).length;
    const before = ['jellyfin-away', 'jellyfin-back', 'jellyfin-unreachable'].map(count);
    await go('refused', 'away');
    for (let n = 0; n < 30; n += 1) {
      await Promise.all(Array.from({ length: 10 }, async () => (await open('/System/Ping')).text()));
    }
    await fake.setPhase('ready');
    await until('ready');
    const after = ['jellyfin-away', 'jellyfin-back', 'jellyfin-unreachable'].map(count);
    const [away, back, failed] = after.map((number, index) => number - (before[index] ?? 0));
    expect([away, back]).toEqual([1, 1]);
    expect(failed).toBeLessThanOrEqual(1);
    const line =
      stage.log
        .text()
        .split('\n')
        .findLast((text) => text.includes('"jellyfin-back"')) ?? '{}';
    expect(JSON.parse(line).failedRequests).toBeGreaterThanOrEqual(300);
  });
});
