import { createServer, type RequestListener, type Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createFakeJellyfin, type FakeJellyfin } from '../../jellyfin/fake-jellyfin.ts';
import { connectAccounts, TEST_API_KEY } from '../../support/jellyfin/jellyfin-accounts.ts';
import { createJellyfinCaller } from '../../support/jellyfin/jellyfin-caller.ts';
import { listen, shut } from '../../support/network/listen.ts';

const NEW = 'q7!zk2wv';
const ID = 'a'.repeat(32);
const hurry = (ms: number): Promise<void> => sleep(ms / 20);

async function serve(listener: RequestListener): Promise<{ url: string; server: Server }> {
  const server = createServer(listener);
  const port = await listen(server);
  onTestFinished(() => shut(server));
  return { url: `http://127.0.0.1:${port}`, server };
}

describe('a Jellyfin that is not itself', () => {
  const html = '<!doctype html><title>Welcome to nginx!</title>';
  const faults: Readonly<Record<string, RequestListener>> = {
    'starts (503 with HTML)': (_q, a) => a.writeHead(503, { 'retry-after': '5' }).end(html),
    'is behind a broken gateway (502)': (_q, a) => a.writeHead(502).end(html),
    'is some other web server (200 with HTML)': (_q, a) =>
      a.writeHead(200, { 'content-type': 'text/html' }).end(html),
    'answers JSON of another shape': (_q, a) =>
      a.writeHead(200).end('{"version":"10.11.11","serverName":"x"}'),
    'redirects to another host': (_q, a) => a.writeHead(302, { location: 'http://192.0.2.1/' }).end(),
    'breaks off': (_q, a) => a.writeHead(200, { 'content-length': '100' }).write('{"Id":', () => a.destroy()),
    'hangs up': (q) => q.socket.destroy(),
    'never answers': () => undefined,
  };

  it.each(Object.keys(faults))('which %s is unreachable, by name, by id and for a change', async (name) => {
    const { url } = await serve(faults[name] ?? (() => undefined));
    const accounts = connectAccounts({ url, wait: hurry, timeoutMs: 200 });
    for (const call of [accounts.findByName('alice'), accounts.findById(ID)]) {
      const error = await call.then(String, (reason: unknown) => reason);
      expect(error).toMatchObject({ name: 'JellyfinUnreachableError' });
      expect(String(error)).not.toContain(TEST_API_KEY);
    }
    expect(await accounts.setPassword(ID, NEW)).toMatchObject({ kind: 'unreachable' });
    expect(await accounts.serverName()).toBe('Jellyfin');
  });

  it('which is switched off is unreachable, and its last known name is still shown', async () => {
    const jellyfin = await createFakeJellyfin({ version: '12.0', apiKeys: [TEST_API_KEY] });
    const { id } = jellyfin.user('alice');
    const accounts = connectAccounts({ url: jellyfin.url });
    expect(await accounts.serverName()).toBe('Test Server');
    await jellyfin.close();
    expect(await accounts.setPassword(id, NEW)).toMatchObject({
      kind: 'unreachable',
      detail: expect.stringMatching(/could not be reached \(ECONNREFUSED\)/),
    });
    expect(await accounts.serverName()).toBe('Test Server');
  });

  it('which is starting is unreachable until it is ready', async () => {
    const jellyfin = await createFakeJellyfin({ version: '10.11.11', apiKeys: [TEST_API_KEY], hashMs: 5 });
    onTestFinished(() => jellyfin.close());
    const { id } = jellyfin.user('alice');
    const accounts = connectAccounts({ url: jellyfin.url, wait: hurry, timeoutMs: 5_000 });
    for (const phase of ['setup', 'loading'] as const) {
      await jellyfin.setPhase(phase);
      expect(await accounts.setPassword(id, NEW), phase).toMatchObject({ kind: 'unreachable' });
    }
    await jellyfin.setPhase('ready');
    expect(await accounts.setPassword(id, NEW)).toEqual({ kind: 'in-force', tries: 1 });
  });
});

/** Stands in front of a fake and spoils the answers of the password route, after or before they did their work. */
async function spoil(
  jellyfin: FakeJellyfin,
  how: 'done, but 500' | 'done, but hung up' | '500 and not done',
): Promise<string> {
  const { url } = await serve(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const isWrite = request.url?.endsWith('/Password') ?? false;
    if (isWrite && how === '500 and not done') {
      response.writeHead(500, { 'content-type': 'text/plain' }).end('Error processing request.');
      return;
    }
    const answer = await fetch(`${jellyfin.url}${request.url}`, {
      method: request.method ?? 'GET',
      headers: { authorization: request.headers.authorization ?? '', 'content-type': 'application/json' },
      ...(chunks.length > 0 ? { body: Buffer.concat(chunks) } : {}),
    });
    if (isWrite && how === 'done, but hung up') request.socket.destroy();
    else if (isWrite)
      response.writeHead(500, { 'content-type': 'text/plain' }).end('Error processing request.');
    else response.writeHead(answer.status).end(await answer.text());
  });
  return url;
}

describe.each(['10.10.7', '12.0'] as const)('a password write of Jellyfin %s', (version) => {
  const start = async () => {
    const jellyfin = await createFakeJellyfin({ version, apiKeys: [TEST_API_KEY], hashMs: 5 });
    onTestFinished(() => jellyfin.close());
    return { jellyfin, id: jellyfin.user('alice').id };
  };

  it.each(['done, but 500', 'done, but hung up'] as const)('that is %s counts as done', async (how) => {
    const { jellyfin, id } = await start();
    const accounts = connectAccounts({ url: await spoil(jellyfin, how), wait: hurry });
    expect(await accounts.setPassword(id, NEW)).toEqual({ kind: 'in-force', tries: 1 });
    expect(jellyfin.user('alice').password).toBe(NEW);
    expect(jellyfin.user('alice').tokens).toEqual([]);
  });

  it('that is answered 500 and not done is said to have failed, and our sign-in locks nobody', async () => {
    const { jellyfin, id } = await start();
    const caller = createJellyfinCaller(jellyfin.url);
    const { json } = await caller.call('GET', `/Users/${id}`, TEST_API_KEY);
    const { Policy } = json as { Policy: object };
    const policy = { ...Policy, LoginAttemptsBeforeLockout: 1 };
    await caller.call('POST', `/Users/${id}/Policy`, TEST_API_KEY, policy);
    const accounts = connectAccounts({ url: await spoil(jellyfin, '500 and not done'), wait: hurry });
    expect(await accounts.setPassword(id, NEW)).toMatchObject({ kind: 'unreachable' });
    expect(jellyfin.user('alice')).toMatchObject({
      password: 'alice-pw-1',
      isDisabled: false,
      failedLogins: 0,
    });
  });
});
