import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { expect, it, vi } from 'vitest';
import { ask, drainUnderLoad, openChattySocket, startDraining } from '../support/program/draining.ts';

it('told to end with 20 films, 20 sockets and 10 slow requests, it says so, serves on, and cuts nothing that can end', async () => {
  await expect(
    drainUnderLoad({ streams: 20, sockets: 20, slow: 5, ms: 3_000, drainSeconds: 2 }),
  ).resolves.toBeUndefined();
}, 60_000);

it('cuts what is not done at the end of the grace, says how much that was, and ends with 0', async () => {
  const { program, url } = await startDraining('{ grace: 1s }');
  const film = ask(url, '/film?ms=60000').catch((error: Error) => error.message);
  await ask(url, '/slow?ms=1');

  expect(await program.end('SIGTERM')).toBe(0);
  expect(await film).toMatch(/aborted|hang up|ECONNRESET/);
  expect(program.lines).toContainEqual(
    expect.objectContaining({ event: 'answers-cut', count: 1, graceMs: 1_000 }),
  );
});

it('ends within a second at a second signal, whatever is under way, with 0', async () => {
  const { program, port, url } = await startDraining('{ drain: 10m, grace: 6h }');
  const film = ask(url, '/film?ms=60000').catch((error: Error) => error.message);
  const socket = openChattySocket(port);
  await socket.isOpen;
  const ended = program.end('SIGTERM');
  await program.logged('ending');
  const at = performance.now();
  program.child.kill('SIGTERM');

  expect(await ended).toBe(0);
  expect(performance.now() - at).toBeLessThan(1_500);
  expect(await film).toMatch(/aborted|hang up|ECONNRESET/);
  expect(await socket.closedWith).toBe(1001);
});

it('is not held up by connections on which nothing is under way', async () => {
  const { program, port } = await startDraining('{ grace: 10m }');
  const unused = connect(port, '127.0.0.1');
  await once(unused, 'connect');
  const kept = connect(port, '127.0.0.1');
  kept.write('GET /slow?ms=1 HTTP/1.1\r\nHost: x\r\n\r\n');
  expect(String((await once(kept, 'data'))[0])).toMatch(/^HTTP\/1\.1 200/);
  const at = performance.now();

  expect(await program.end('SIGTERM')).toBe(0);
  expect(performance.now() - at).toBeLessThan(4_000);
});

it('still changes pages when a service manager tells all its processes to end at once', async () => {
  const { program, url } = await startDraining('{ drain: 10s }');
  await vi.waitFor(async () => expect((await ask(url, '/web/index.html')).text).toContain('Films'));
  const { pid = 0 } = program.child;
  const children = childrenOf(pid);
  for (const each of [...children, pid]) process.kill(each, 'SIGTERM');
  await program.logged('ending');
  for (const child of children) expect(() => process.kill(child, 0)).not.toThrow();
  expect(children).not.toEqual([]);
  await program.end('SIGTERM');
}, 90_000);

/** Processes that it has started. Source: proc(5), the fourth field of `stat`. */
function childrenOf(pid: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      const stat = existsSync(`/proc/${name}/stat`) ? readFileSync(`/proc/${name}/stat`, 'utf8') : '';
      return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === pid;
    })
    .map(Number);
}
