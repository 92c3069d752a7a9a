import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createInjector, type Injector } from '../../injector/create-injector.ts';
import { MOD_LIST } from '../../injector/mods/index.ts';
import { composeHealth } from '../../server/health/status.ts';
import { createFakeJellyfin } from '../jellyfin/fake-jellyfin.ts';
import { clientFiles } from '../jellyfin/web-client-files.ts';
import { until } from '../support/clock/until.ts';
import { tempFolder } from '../support/files/temp-folder.ts';
import { createKeptLog } from '../support/log/quiet-log.ts';
import { listen, shut } from '../support/network/listen.ts';

/** In the real clients and in ours, once in the texts of a language. */
const SIGN_IN = '"HeaderPleaseSignIn":"Please sign in"';
const WHO = '"HeaderPleaseSignIn":"Who is there?"';

interface Stage {
  readonly injector: Injector;
  readonly log: ReturnType<typeof createKeptLog>;
  /** Of the texts in English, below the server's address. */
  readonly texts: string;
  /** Their file, which is Jellyfin's. */
  readonly file: string;
  use(mods: Record<string, unknown>): Promise<void>;
  ask(path: string, headers?: Record<string, string>): Promise<Answer>;
}

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
}

/** A Jellyfin whose web client lies in a folder, and the injector in front. */
async function openStage(): Promise<Stage> {
  const [folder, cacheFolder] = [await tempFolder(), await tempFolder()];
  const files = clientFiles('10.11.11');
  for (const [name, bytes] of files) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), bytes);
  }
  const texts = [...files.keys()].find((name) => name.startsWith('en-us-json.')) ?? '';
  const jellyfin = await createFakeJellyfin({ version: '10.11.11', hashMs: 1, webFolder: folder });
  const log = createKeptLog();
  const injector = createInjector({ mods: MOD_LIST, clientFolder: 'dist/client', log, lookAfterMs: 0 });
  const port = await listen(injector.server);
  onTestFinished(async () => {
    await injector.close();
    await shut(injector.server);
    await jellyfin.close();
  });
  return {
    ...{ injector, log, texts: `/web/${texts}`, file: join(folder, texts) },
    use: (enabledMods) =>
      injector.configure(
        {
          ...{ jellyfinUrl: jellyfin.url, trustedProxies: [], enabledMods },
          cache: { memoryBytes: 1 << 26, diskBytes: 1 << 26, folder: cacheFolder },
        },
        undefined,
      ),
    async ask(path, headers = {}) {
      const answer = await fetch(`http://127.0.0.1:${port}${path}`, { headers });
      return { status: answer.status, text: await answer.text(), headers: answer.headers };
    },
  };
}

const change = (find: string, replace: string, count = 1) => ({
  rewrite: { changes: [{ find, replace, count, in: 'script' }] },
});
const entryOf = (page: string): string => /main\.jellyfin\.bundle\.js[^"]*/.exec(page)?.[0] ?? '';

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});

describe('replaced text', () => {
  it('is in the file, wherever it stands, and the file is confirmed at each use', async () => {
    await stage.use(change(SIGN_IN, WHO));
    const { headers, text } = await stage.ask(stage.texts);
    expect(text).toContain(WHO);
    expect(text).not.toContain(SIGN_IN);
    expect([headers.get('cache-control'), headers.get('vary')]).toEqual([
      'no-cache',
      'Accept-Encoding, Referer',
    ]);
    expect((await stage.ask(stage.texts, { 'If-None-Match': headers.get('etag') ?? '' })).status).toBe(304);
  });

  it('shows at the next load after config.yaml was changed: also where the page names the file', async () => {
    const find = "'use strict';";
    await stage.use(change(find, `${find}/* first */`));
    // A machine that is busy may take longer over a file than a page waits.
    const namedAnew = (before?: string) =>
      vi.waitFor(
        async () => {
          const entry = entryOf((await stage.ask('/web/')).text);
          expect(entry).toContain('?gh-');
          expect(entry).not.toBe(before);
          return entry;
        },
        { timeout: 20_000 },
      );
    const first = await namedAnew();
    expect((await stage.ask(`/web/${first}`)).text).toContain('/* first */');
    await stage.use(change(find, `${find}/* second */`));
    const second = await namedAnew(first);

    const { headers, text } = await stage.ask(`/web/${second}`);
    expect(text).toContain('/* second */');
    expect(headers.get('cache-control')).toContain('immutable');
    await stage.use({});
    expect((await stage.ask(`/web/${entryOf((await stage.ask('/web/')).text)}`)).text).not.toContain(
      '/* second */',
    );
  });

  it('is not there in a tab with ?gatehouse=off, whose page says in what it asks for that it is one', async () => {
    await stage.use(change(SIGN_IN, WHO));
    const page = await stage.ask('/web/?gatehouse=off');
    const asked = await stage.ask(stage.texts, { Referer: 'http://127.0.0.1/web/?gatehouse=off' });

    expect(page.text).toContain('<meta name="referrer" content="same-origin">');
    expect(page.text).not.toContain('gh-');
    expect(asked.text).toBe(await readFile(stage.file, 'utf8'));
    expect([asked.headers.get('cache-control'), asked.headers.get('vary')]).toEqual([
      'no-store',
      'Accept-Encoding, Referer',
    ]);
    expect((await stage.ask(stage.texts)).text).toContain(WHO);
  });

  it('leaves the page as Jellyfin has it but for the addresses of its files', async () => {
    await stage.use(change(SIGN_IN, WHO));
    const { text } = await stage.ask('/web/');
    await stage.use({});
    const without = (page: string) =>
      page
        .replaceAll(/\?(?:gh-)?[\w-]{20,22}/g, '')
        .replaceAll(/ fetchpriority="high"|<link rel="preload"[^>]*>/g, '');
    expect(without(text)).toBe(without((await stage.ask('/web/')).text));
  });
});

describe('text that Jellyfin has otherwise after an update', () => {
  it('goes out as Jellyfin has it, is told once in the log, and named by health until it fits again', async () => {
    await stage.use(change(SIGN_IN, WHO));
    await stage.ask(stage.texts);
    const original = await readFile(stage.file, 'utf8');
    const updated = original.replace(SIGN_IN, `${SIGN_IN},${SIGN_IN}`);
    // Whoever reads it meanwhile has it whole.
    await writeFile(`${stage.file}.new`, updated);
    await rename(`${stage.file}.new`, stage.file);
    const asked = await stage.ask(stage.texts, { 'Cache-Control': 'no-cache' });
    expect(asked.text).toBe(updated);

    await stage.use(change(SIGN_IN, WHO));
    const lost = () => stage.injector.report().mods[0]?.lost;
    await until(() => lost() !== undefined);
    await stage.use(change(SIGN_IN, `${WHO} `));
    const name = stage.texts.slice('/web/'.length);
    const message = `“${SIGN_IN}” stands 2 times in ${name}, count says 1`;
    expect(lost()).toBe(message);
    expect(composeHealth(stage.injector.report(), undefined).mods).toEqual({
      rewrite: `on, but it does not find in this client: ${message}`,
    });
    await stage.use(change(SIGN_IN, WHO, 2));
    await until(() => lost() === undefined);
    const told = stage.log.lines.filter(({ event }) => event === 'mod-anchor-missing');
    expect(told.map(({ mod, missing }) => [mod, missing])).toEqual([['rewrite', [message]]]);
    expect((await stage.ask(stage.texts)).text).toContain(`${WHO},${WHO}`);
  });
});
