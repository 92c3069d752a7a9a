import { readdirSync, readFileSync } from 'node:fs';
import { readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { tempFolder } from '../../support/files/temp-folder.ts';
import { createFakeSubject } from '../../support/jellyfin/subject.ts';
import { freePort } from '../../support/network/free-port.ts';
import { startProgram } from '../../support/program/program.ts';

const SMTP_PASSWORD = 'secret-of-the-mailbox';
const METRICS_TOKEN = 'a-token-for-the-metrics-page';

/** The program with secrets in its config file and in its environment, and a mod that is on. */
async function open() {
  const subject = await createFakeSubject({ version: '10.11.11' });
  onTestFinished(() => subject.close());
  const folder = await tempFolder();
  const port = await freePort();
  await writeFile(
    join(folder, 'config.yaml'),
    `listen: { host: 127.0.0.1, port: ${port} }
public: { url: 'http://127.0.0.1:${port}' }
jellyfin: { url: '${subject.url}' }
reset: {}
mail: { url: 'smtp://me:${SMTP_PASSWORD}@127.0.0.1:9', from: noreply@example.org }
mods: { page-title: { title: Our films } }
`,
  );
  const program = await startProgram(['--config', join(folder, 'config.yaml')], {
    GATEHOUSE_JELLYFIN__API_KEY: subject.apiKey,
    GATEHOUSE_METRICS__TOKEN: METRICS_TOKEN,
    SOME_OTHER_SECRET: 'of-another-program',
  });
  const url = `http://127.0.0.1:${port}`;
  await vi.waitFor(
    async () => expect(await (await fetch(`${url}/web/index.html`)).text()).toContain('Our films'),
    {
      timeout: 30_000,
      interval: 100,
    },
  );
  return {
    folder,
    url,
    program,
    secrets: [subject.apiKey, SMTP_PASSWORD, METRICS_TOKEN, 'of-another-program'],
  };
}

/** Processes that a process has started, and those that they have. */
function descendantsOf(pid: number): number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        // Behind the name in brackets: the state, then the parent.
        const parent = /^\d+ \(.*\) \S (\d+) /s.exec(readFileSync(`/proc/${name}/stat`, 'latin1'))?.[1];
        return [[Number(name), Number(parent)] as const];
      } catch {
        return [];
      }
    });
  const children = parents.filter(([, parent]) => parent === pid).map(([child]) => child);
  return children.flatMap((child) => [child, ...descendantsOf(child)]);
}

// biome-ignore lint/plugin: only Linux shows what others see of a process (/proc)
describe.runIf(process.platform === 'linux')('the running program', { timeout: 60_000 }, () => {
  it('mods find no secret in the environment or the arguments of their process', async () => {
    const { folder, program, secrets, url } = await open();
    const pid = program.child.pid ?? 0;
    // The program itself has them, or nothing would be shown.
    expect(readFileSync(`/proc/${pid}/environ`, 'latin1')).toContain(METRICS_TOKEN);
    // The first page may have been rewritten before Jellyfin's version was known, by a process that has ended since.
    const file = join(folder, 'config.yaml');
    await writeFile(file, readFileSync(file, 'utf8').replace('Our films', 'Other films'));
    await vi.waitFor(
      async () => expect(await (await fetch(`${url}/web/index.html`)).text()).toContain('Other films'),
      { timeout: 30_000, interval: 100 },
    );
    const children = descendantsOf(pid);
    expect(children.length).toBeGreaterThan(0);
    for (const child of children) {
      const seen = ['environ', 'cmdline']
        .map((name) => readFileSync(`/proc/${child}/${name}`, 'latin1'))
        .join('\0');
      expect(seen).not.toContain('GATEHOUSE');
      expect(secrets.filter((secret) => seen.includes(secret))).toEqual([]);
    }
  });

  it('keeps files of the web client where nobody else may look, and nothing of a person among them', async () => {
    const { folder, url } = await open();
    const page = await (await fetch(`${url}/web/index.html`)).text();
    const scripts = [...page.matchAll(/src="([^"]+\.js[^"]*)"/g)].map(([, path]) => path ?? '');
    for (const path of scripts) {
      const answer = await fetch(new URL(path, `${url}/web/`), {
        headers: {
          Cookie: 'who=alice-and-nobody-else',
          Authorization: 'MediaBrowser Token="token-of-alice"',
        },
      });
      expect(answer.headers.get('set-cookie')).toBeNull();
      await answer.text();
    }
    for (const path of scripts) await fetch(new URL(path, `${url}/web/`)).then((answer) => answer.text());
    const cache = join(folder, 'gatehouse-cache');
    await vi.waitFor(async () => expect(await readdir(cache)).not.toEqual([]), {
      timeout: 20_000,
      interval: 100,
    });
    expect((await stat(cache)).mode & 0o777).toBe(0o700);
    for (const name of await readdir(cache)) {
      expect((await stat(join(cache, name))).mode & 0o077).toBe(0);
      expect(readFileSync(join(cache, name), 'latin1')).not.toMatch(/alice|set-cookie/i);
    }
    expect((await stat(join(folder, 'gatehouse.db'))).mode & 0o777).toBe(0o600);
  });
});
