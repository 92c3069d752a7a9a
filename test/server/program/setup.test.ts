import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { tempFolder } from '../../support/files/temp-folder.ts';
import { createFakeSubject } from '../../support/jellyfin/subject.ts';
import { freePort } from '../../support/network/free-port.ts';
import { runProgram, startProgram } from '../../support/program/program.ts';

const SECRET = 'k3y-that-nobody-may-see-0123456789';

/** A Gatehouse at its first start, in an empty folder or with the file given. */
async function firstStart(variables: Record<string, string> = {}, text?: string) {
  const port = await freePort();
  const file = join(await tempFolder(), 'config.yaml');
  if (text !== undefined) await writeFile(file, text);
  const where = { GATEHOUSE_LISTEN__PORT: String(port), GATEHOUSE_LISTEN__HOST: '127.0.0.1' };
  const program = await startProgram(['--setup', '--config', file], { ...where, ...variables });
  const url = `http://127.0.0.1:${port}`;
  const ask = async (path: string, headers: Record<string, string> = {}) => {
    const answer = await fetch(`${url}${path}`, { headers, redirect: 'manual' });
    return { status: answer.status, text: await answer.text(), headers: answer.headers };
  };
  return { program, file, ask, url };
}

async function withJellyfin() {
  const subject = await createFakeSubject({ version: '10.11.11' });
  onTestFinished(() => subject.close());
  return subject;
}

describe('gatehouse serve --setup', { timeout: 120_000 }, () => {
  it('writes a configuration for its owner alone, says at every address what to fill in, and goes on as soon as it is', async () => {
    const { program, file, ask } = await firstStart();
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    for (const path of ['/', '/web/index.html', '/gatehouse/setup', '/jellyfin/gatehouse/setup']) {
      const page = await ask(path);
      expect(page.status).toBe(503);
      expect(page.text).toMatch(/config\.yaml:\d+:\d+ jellyfin\.apiKey: is still the placeholder/);
      expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    }
    expect((await ask('/gatehouse/health/live')).status).toBe(200);
    expect((await ask('/gatehouse/health/ready')).status).toBe(503);

    const subject = await withJellyfin();
    const half = (await readFile(file, 'utf8'))
      .replace('paste-the-address-of-jellyfin-here', subject.url)
      .replace('paste-the-key-here', SECRET)
      .replace('paste-the-public-address-here', 'https://media.example.com');
    await writeFile(file, half);
    await vi.waitFor(async () => expect((await ask('/')).text).not.toContain('jellyfin.apiKey'), 20_000);
    const page = await ask('/');
    expect(page.text).toContain('mail.from');
    expect(page.text).not.toContain(SECRET);
    const whole = half
      .replace('user:password@mail.example.org', 'mail.example.com')
      .replace('paste-the-sender-here', 'films@example.com');
    await writeFile(file, whole);
    await program.logged('config-applied');

    expect((await ask('/System/Info/Public')).status).toBe(200);
    expect((await ask('/gatehouse/account')).status).toBe(200);
    const done = await ask('/gatehouse/setup');
    expect([done.status, done.headers.get('location')]).toEqual([302, '../web/index.html']);
    expect(program.lines.map(({ event }) => event)).not.toContain('config-needs-restart');
    expect(JSON.stringify(program.lines)).not.toContain(SECRET);
    expect(await program.end('SIGTERM')).toBe(0);
  });

  it('passes Jellyfin through meanwhile where the environment says its address, with its page beside it', async () => {
    const subject = await withJellyfin();
    const { ask, program } = await firstStart({ GATEHOUSE_JELLYFIN__URL: subject.url });
    expect((await ask('/System/Info/Public')).status).toBe(200);
    expect((await ask('/web/index.html')).text).not.toContain('gatehouse');
    expect((await ask('/gatehouse/setup')).text).toContain('Meanwhile Jellyfin is reached here');
    expect((await ask('/gatehouse/account')).status).toBe(404);
    await vi.waitFor(async () => expect((await ask('/gatehouse/health/ready')).status).toBe(200), 20_000);
    expect(await program.end('SIGTERM')).toBe(0);
  });

  it('tells strangers, and people behind a proxy it was not told of, nothing about the configuration', async () => {
    const { ask } = await firstStart({ GATEHOUSE_LISTEN__TRUSTED_PROXIES: '' });
    const page = await ask('/', { 'X-Forwarded-For': '192.168.1.7' });
    expect(page.status).toBe(503);
    expect(page.text).not.toContain('jellyfin.apiKey');
    const { ask: behind } = await firstStart({ GATEHOUSE_LISTEN__TRUSTED_PROXIES: '127.0.0.1' });
    expect((await behind('/', { 'X-Forwarded-For': '203.0.113.7' })).text).not.toContain('jellyfin.apiKey');
    expect((await behind('/', { 'X-Forwarded-For': '192.168.1.7' })).text).toContain('jellyfin.apiKey');
  });

  it('opens nothing by a typing error: a file that was whole once lets nobody past it', async () => {
    const subject = await withJellyfin();
    const text = `jellyfin: { url: '${subject.url}' }\nloginThrottle: { failurs: 3 }\n`;
    const { ask } = await firstStart({ GATEHOUSE_JELLYFIN__URL: subject.url }, text);
    expect((await ask('/System/Info/Public')).status).toBe(503);
    expect((await ask('/')).text).toContain('did you mean');
  });

  it('writes nothing, and shows no page, where the environment says everything', async () => {
    const subject = await withJellyfin();
    const [folder, port] = [await tempFolder(), await freePort()];
    const variables = {
      GATEHOUSE_LISTEN__PORT: String(port),
      GATEHOUSE_JELLYFIN__URL: subject.url,
      GATEHOUSE_MODS__PAGE_TITLE__TITLE: 'Films',
    };
    await startProgram(['--setup'], variables, folder);
    expect(await readdir(folder)).not.toContain('config.yaml');
    // Its address leads on, as people keep it.
    const there = await fetch(`http://127.0.0.1:${port}/gatehouse/setup`, { redirect: 'manual' });
    expect([there.status, there.headers.get('location')]).toEqual([302, '../web/index.html']);
    expect((await fetch(`http://127.0.0.1:${port}/System/Info/Public`)).status).toBe(200);
  });

  it('is not for the half that no people come to', async () => {
    const ended = await runProgram(await tempFolder(), 'serve', '--setup', '--only', 'reset');
    expect(ended.code).toBe(64);
    expect(ended.err).toContain('--setup');
  });
});
