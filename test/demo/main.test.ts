import { spawnSync } from 'node:child_process';
import { cp, readdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { tempFolder } from '../support/files/temp-folder.ts';
import { freePort } from '../support/network/free-port.ts';
import { ROOT } from '../support/runner/projects.ts';
import { type DemoProcess, READY, spawnDemo } from './demo-process.ts';

const BUILDING = 'Building';
const ANY_PORTS = ['--port=0', '--inbox-port=0', '--jellyfin-port=0'];

/** Starts the demo with a temporary folder of its own; `left` says what is in it. */
async function start(options: readonly string[]): Promise<{
  demo: DemoProcess;
  left(): Promise<string[]>;
  /** Starts another one in the same folder. */
  beside(): DemoProcess;
}> {
  const folder = await tempFolder();
  const beside = (): DemoProcess => {
    const demo = spawnDemo(options, { TMPDIR: folder, TEMP: folder });
    onTestFinished(() => void demo.child.kill('SIGKILL'));
    return demo;
  };
  return { demo: beside(), left: () => readdir(folder), beside };
}

async function take(port: number): Promise<void> {
  const server = createServer();
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
}

describe('the command of the demo', { timeout: 120_000 }, () => {
  it('says in a sentence what to run where development dependencies are not installed', async () => {
    const folder = await tempFolder();
    await Promise.all(
      ['package.json', 'test', 'server', 'injector', 'build'].map((name) =>
        cp(join(ROOT, name), join(folder, name), { recursive: true }),
      ),
    );
    const { status, stderr } = spawnSync(process.execPath, [join(folder, 'test/demo/main.ts')], {
      encoding: 'utf8',
    });
    expect(status).toBe(1);
    expect(stderr).toMatch(/^The demo needs what .*; run: npm ci \(Cannot find package '[\w-]+'\)\n$/);
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'leaves nothing in the temporary folder when %s ends it while it runs',
    async (signal) => {
      const { demo, left } = await start(ANY_PORTS);
      await demo.saying(READY);
      expect(await left()).toEqual([expect.stringMatching(/^gatehouse-demo-/)]);
      expect(await demo.end(signal)).toBe(0);
      expect(await left()).toEqual([]);
    },
  );

  it('removes what a demo that was killed has left, and nothing of one that runs', async () => {
    const { demo: killed, left, beside } = await start(ANY_PORTS);
    await killed.saying(BUILDING);
    killed.child.kill('SIGKILL');
    await killed.ended;
    const folders = await left();
    expect(folders).toEqual([expect.stringMatching(/^gatehouse-demo-\d+-/)]);
    const running = beside();
    await running.saying(BUILDING);
    const [own] = await left();
    expect(await left()).toHaveLength(1);
    expect(own).not.toBe(folders[0]);
    const next = beside();
    await next.saying(BUILDING);
    expect(await left()).toEqual(expect.arrayContaining([own]));
    for (const one of [running, next]) await one.end('SIGINT');
    expect(await left()).toEqual([]);
  });

  it('leaves nothing when it is ended while it builds, nor when Ctrl+C comes twice', async () => {
    const { demo, left } = await start(ANY_PORTS);
    await demo.saying(BUILDING);
    demo.child.kill('SIGINT');
    expect(await demo.end('SIGINT')).toBe(0);
    expect(demo.said()).not.toContain(READY);
    expect(await left()).toEqual([]);
  });

  it('leaves nothing when it cannot start, and says in a sentence which options help', async () => {
    const port = await freePort();
    const { demo, left } = await start([`--jellyfin-port=${port}`, '--port=0', '--inbox-port=0']);
    await demo.saying(BUILDING);
    await take(port);
    await expect(demo.saying(READY)).rejects.toThrow(
      `Port ${port} was taken in the meantime; start again, or choose ports with --port, --inbox-port, --jellyfin-port (0 = any free one).`,
    );
    expect(await demo.ended).toBe(1);
    expect(await left()).toEqual([]);
  });

  it.each(['--port', '--inbox-port', '--jellyfin-port'])(
    'says before it builds that the port of %s is taken',
    async (option) => {
      const port = await freePort();
      await take(port);
      const { demo, left } = await start([`${option}=${port}`]);
      expect(await demo.ended).toBe(1);
      expect(demo.said()).toBe(`Port ${port} is taken; choose another with ${option} (0 = any free one).\n`);
      expect(await left()).toEqual([]);
    },
  );

  it('helps', async () => {
    const { demo } = await start(['--help']);
    expect(await demo.ended).toBe(0);
    expect(demo.said()).toContain('--inbox-port PORT');
    expect(demo.said()).not.toContain(BUILDING);
  });
});
