import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, it } from 'vitest';
import { ask, drainUnderLoad, startDraining } from '../support/program/draining.ts';

it('told to end with 200 films, 100 sockets and 40 slow requests of half a minute, cuts nothing that can end', async () => {
  await expect(
    drainUnderLoad({ streams: 200, sockets: 100, slow: 20, ms: 28_000, drainSeconds: 5 }),
  ).resolves.toBeUndefined();
}, 180_000);

it('gives who has begun a request five seconds for its head', async () => {
  const { program, port } = await startDraining('{ grace: 10m }');
  const finished = connect(port, '127.0.0.1');
  const never = connect(port, '127.0.0.1');
  for (const socket of [finished, never]) {
    await once(socket, 'connect');
    socket.write('GET /slow?ms=1 HTTP/1.1\r\n');
  }
  await ask(`http://127.0.0.1:${port}`, '/slow?ms=1');
  const ended = program.end('SIGTERM');
  await program.logged('ending');
  finished.write('Host: x\r\n\r\n');

  expect(String((await once(finished, 'data'))[0])).toMatch(/^HTTP\/1\.1 200[\s\S]*connection: close/i);
  expect(await ended).toBe(0);
});
