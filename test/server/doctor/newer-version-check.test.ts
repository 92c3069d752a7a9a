import { createServer } from 'node:http';
import { expect, it, onTestFinished } from 'vitest';
import { checkNewerVersion } from '../../../server/doctor/newer-version-check.ts';
import { freePort } from '../../support/network/free-port.ts';
import { listen, shut } from '../../support/network/listen.ts';

async function registryWith(status: number, body: string): Promise<string> {
  const server = createServer((_request, response) => void response.writeHead(status).end(body));
  const port = await listen(server);
  onTestFinished(() => shut(server));
  return `http://127.0.0.1:${port}/jellyfin-gatehouse/latest`;
}

it.each([
  ['0.1.0', 'fine', 'is the newest'],
  ['0.0.9', 'fine', 'is the newest'],
  ['0.10.0', 'warning', '0.10.0 is there'],
])('knows what %s means to 0.1.0', async (latest, state, says) => {
  const address = await registryWith(200, JSON.stringify({ version: latest }));
  expect(await checkNewerVersion({ address, version: '0.1.0' })).toMatchObject({
    name: 'newer-version',
    state,
    says: expect.stringContaining(says),
  });
});

it('says that it cannot be told, and where to look, where it is not published, is nonsense or nobody answers', async () => {
  for (const [address, says] of [
    [await registryWith(404, '{}'), 'is not published at 127.0.0.1'],
    [await registryWith(200, '{"version":"new"}'), 'does not say'],
    [await registryWith(500, 'x'), 'does not say'],
    [`http://127.0.0.1:${await freePort()}`, 'could not be asked'],
  ] as const)
    expect(await checkNewerVersion({ address })).toMatchObject({
      state: 'skipped',
      says: expect.stringMatching(new RegExp(`^It cannot be told .*${says}`)),
      fix: expect.stringContaining('CHANGELOG.md'),
    });
});

it('reads no more of an endless answer than it looks at', async () => {
  let isLetGo = () => {};
  const letGo = new Promise<void>((resolve) => {
    isLetGo = resolve;
  });
  const server = createServer((_request, response) => {
    const more = () => {
      while (!response.destroyed && response.write(' '.repeat(64 * 1024)));
    };
    response.on('drain', more).on('close', isLetGo);
    more();
  });
  const port = await listen(server);
  onTestFinished(() => shut(server));
  expect(await checkNewerVersion({ address: `http://127.0.0.1:${port}/` })).toMatchObject({
    state: 'skipped',
    says: expect.stringContaining('could not be asked'),
  });
  await letGo;
});
