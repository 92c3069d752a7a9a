import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tempFolder } from '../../support/files/temp-folder.ts';
import { makeCertificate } from '../../support/network/certificates.ts';
import { freePort } from '../../support/network/free-port.ts';
import { runProgram, startProgram } from '../../support/program/program.ts';

async function folderWith(more = '') {
  const [folder, port] = [await tempFolder(), await freePort()];
  const listen = `host: 127.0.0.1, port: ${port}`;
  const jellyfin = "jellyfin: { url: 'http://127.0.0.1:9' }\n";
  await writeFile(join(folder, 'config.yaml'), `listen: { ${listen}${more} }\n${jellyfin}`);
  return { folder, port };
}

const start = (folder: string, ...args: string[]) =>
  startProgram(['--config', join(folder, 'config.yaml'), ...args]);

describe('gatehouse health', { timeout: 120_000 }, () => {
  it('ends with 0 while it lives, and with 1 where nothing answers or people cannot be served', async () => {
    const { folder, port } = await folderWith();
    const before = await runProgram(folder, 'health');
    expect(before.code).toBe(1);
    expect(before.err).toContain(`127.0.0.1:${port} says no to /gatehouse/health/live (ECONNREFUSED)`);

    await start(folder);
    expect(await runProgram(folder, 'health')).toMatchObject({
      code: 0,
      out: `127.0.0.1:${port} is alive\n`,
    });
    const ready = await runProgram(folder, 'health', '--ready');
    expect(ready.code).toBe(1);
    expect(ready.err).toContain('503');
  });

  it('says where another Gatehouse has the port, and calls it alive: it may be this one, which keeps its last good configuration', async () => {
    const token = 'metrics: { token: token-of-sixteen-signs-and-more }\n';
    const [{ folder, port }, own] = [await folderWith(), await folderWith()];
    await writeFile(join(folder, 'config.yaml'), token, { flag: 'a' });
    const text = await readFile(join(own.folder, 'config.yaml'), 'utf8');
    const here = text.replace(`port: ${own.port}`, `port: ${port}`);
    await start(folder);
    expect((await runProgram(folder, 'health')).code).toBe(0);
    await writeFile(join(own.folder, 'config.yaml'), here + token.replace('sixteen', 'another'));
    const other = await runProgram(own.folder, 'health');
    expect(other.code).toBe(0);
    expect(other.err).toContain(`another Gatehouse answers at 127.0.0.1:${port}`);
    await writeFile(join(own.folder, 'config.yaml'), here);
    expect(await runProgram(own.folder, 'health')).toMatchObject({ code: 0, err: '' });
  });

  it('waits for a start as long as it is told to', async () => {
    const { folder } = await folderWith();
    const waiting = runProgram(folder, 'health', '--wait', '60');
    await start(folder);
    expect((await waiting).code).toBe(0);
    expect((await runProgram(folder, 'health', '--wait', 'long')).code).toBe(64);
  });

  it('waits no longer than the process is there that is to answer', async () => {
    const { folder } = await folderWith();
    const starting = spawn('sleep', ['1']);
    const began = Date.now();
    const { code } = await runProgram(folder, 'health', '--wait', '600', '--process', String(starting.pid));
    expect(code).toBe(1);
    expect(starting.exitCode).toBe(0);
    expect(Date.now() - began).toBeLessThan(300_000);
    expect((await runProgram(folder, 'health', '--process', 'main')).code).toBe(64);
  });

  it('finds a Gatehouse that speaks https, also while the file in place cannot be used', async () => {
    const { certFile, keyFile } = makeCertificate();
    const { folder } = await folderWith(`, tls: { certFile: '${certFile}', keyFile: '${keyFile}' }`);
    await start(folder);
    expect((await runProgram(folder, 'health')).code).toBe(0);
    await writeFile(join(folder, 'config.yaml'), 'nonsense: 1\n', { flag: 'a' });
    expect((await runProgram(folder, 'health')).code).toBe(0);
  });

  it('asks the half that it is told', async () => {
    const [{ folder, port }, servicePort] = [await folderWith(), await freePort()];
    await writeFile(
      join(folder, 'config.yaml'),
      `listen: { host: 127.0.0.1, port: ${port} }
public: { url: https://media.example.com }
jellyfin: { url: 'http://127.0.0.1:9', apiKey: 0a1b2c3d }
reset: {}
mail: { url: smtp://127.0.0.1:9, from: films@example.com }
service:
  url: http://127.0.0.1:${servicePort}
  secret: 0123456789abcdef0123456789abcdef
  listen: { port: ${servicePort} }
`,
    );
    await start(folder, '--only', 'reset');
    expect((await runProgram(folder, 'health', '--only', 'reset')).out).toContain(`:${servicePort} is alive`);
    expect((await runProgram(folder, 'health')).code).toBe(1);
  });
});
