import { rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createInjector } from '../../../injector/create-injector.ts';
import {
  createLastGood,
  createRewriter,
  EARLIER_AFTER_MS,
  WITHOUT_MODS_AFTER_MS,
} from '../../../injector/rewrite/rewriter.ts';
import type { RewrittenFiles } from '../../../injector/rewrite/rewritten-files.ts';
import { tempFolder } from '../../support/files/temp-folder.ts';
import { createKeptLog } from '../../support/log/quiet-log.ts';
import { modList } from '../../support/mods/mod-list.ts';
import { listen, shut } from '../../support/network/listen.ts';
import { MODS } from './test-mods.ts';

const PAGE =
  '<!DOCTYPE html><html><head><meta charset="utf-8"><title>Jellyfin</title></head><body></body></html>';

/** The injector in front of a page, with mods whose process starts once `open` was called. */
async function start(page: string | Buffer = PAGE) {
  const gate = join(await tempFolder(), 'gate');
  const jellyfin = http.createServer((request, response) => {
    if (request.url === '/System/Info/Public')
      return void response.end('{"Version":"10.11.11","StartupWizardCompleted":true}');
    response.writeHead(200, { 'Content-Type': 'text/html', ETag: '"one"' }).end(page);
  });
  const modsUrl = `${new URL('./late-mods.ts', import.meta.url).href}?gate=${gate}`;
  const log = createKeptLog();
  const injector = createInjector({ mods: modList(MODS), modsUrl, clientFolder: 'dist/client', log });
  const jellyfinUrl = `http://127.0.0.1:${await listen(jellyfin)}`;
  const configure = (colour: string): Promise<void> =>
    injector.configure({ jellyfinUrl, trustedProxies: [], enabledMods: { style: { colour } } }, undefined);
  await configure('red');
  const port = await listen(injector.server);
  onTestFinished(async () => {
    await injector.close();
    await shut(injector.server);
    await shut(jellyfin);
  });
  // The version is known, so that no plan is made again while the test looks.
  await vi.waitFor(() => expect(injector.report().jellyfin.version).toBe('10.11.11'), 10_000);
  return {
    configure,
    load: async () => (await fetch(`http://127.0.0.1:${port}/web/index.html`)).text(),
    open: () => writeFile(gate, ''),
    shutGate: () => rm(gate),
    problem: () => injector.report().mods[0]?.leftOut,
  };
}

it('the last good page goes out while the process that runs mods starts slowly; health says so, and it is tried on', async () => {
  const { configure, load, open, problem, shutGate } = await start();
  await open();
  const before = await load();
  expect(before).toContain('/gatehouse/mods/');
  expect(problem()).toBeUndefined();

  await shutGate();
  await configure('blue');
  const loads = await Promise.all([load(), load(), load()]);
  expect(loads).toEqual(Array(3).fill(before));
  expect(problem()).toMatch(/process that runs the mods has been starting for \d+ s/);

  await open();
  await vi.waitFor(async () => {
    const after = await load();
    expect(after).toContain('/gatehouse/mods/');
    expect(after).not.toBe(before);
  }, 20_000);
  expect(problem()).toBeUndefined();
});

it('a page in an encoding that nobody is sure of goes out as it is, and health says that no mod is in it', async () => {
  const latin1 = Buffer.from(
    PAGE.replace('utf-8', 'iso-8859-1').replace('<body>', '<body>Gr\xfc\xdfe'),
    'latin1',
  );
  const { load, open, problem } = await start(latin1);
  await open();
  expect(await load()).not.toContain('/gatehouse/mods/');
  expect(problem()).toMatch(/index\.html is not surely UTF-8.*goes out as it is/);
});

/** A rewriter whose every rewrite ends when the test says so, and what asks it for the page of a key and a configuration. */
function rewriterByHand() {
  const works: PromiseWithResolvers<{ bytes: Buffer; isFinal: boolean }>[] = [];
  const lastGood = createLastGood();
  const page = { bytes: Buffer.from(PAGE), contentType: 'text/html', headers: [], rawHeaders: [] };
  return {
    works,
    async ask(key: string, id: string): Promise<string> {
      const by: RewrittenFiles = {
        ...{ id, audience: '', varies: [], isBare: false, isForAll: true, assets: [], changes: () => true },
        rewrite() {
          const work = Promise.withResolvers<{ bytes: Buffer; isFinal: boolean }>();
          works.push(work);
          return work.promise;
        },
      };
      const files = {
        ...{ peek: () => undefined, get: async () => ({ ...page, key }) },
        ...{ getPersonal: async () => undefined, distrust: () => undefined },
      };
      const rewriter = createRewriter(
        { announcing: files, plain: files },
        { isManifest: async () => false },
        () => by,
        lastGood,
      );
      const request = Object.assign(new http.IncomingMessage(null as never), { url: '/web/', method: 'GET' });
      const response = new http.ServerResponse(request);
      const end = vi.spyOn(response, 'end');
      try {
        expect(
          await rewriter.answer(request, response, { route: 'page', path: '/web/', client: '127.0.0.1' }),
        ).toBe(true);
      } catch (error) {
        return String(error);
      }
      return String(end.mock.calls[0]?.[0]);
    },
  };
}

describe('people wait for mods', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());
  const whole = (text: string) => ({ bytes: Buffer.from(text), isFinal: true });

  it('15 s and no longer where there is no earlier page', async () => {
    const { works, ask } = rewriterByHand();
    let outcome: string | undefined;
    void ask('page', 'one').then((text) => {
      outcome = text;
    });
    await vi.advanceTimersByTimeAsync(WITHOUT_MODS_AFTER_MS - 1);
    expect(outcome).toBeUndefined();
    await vi.advanceTimersByTimeAsync(1);
    expect(outcome).toMatch(/mods did not come to work on it in time/);
    expect(works).toHaveLength(1);
  });

  it('2 s where one of the same configuration is there, with other files announced in it', async () => {
    const { works, ask } = rewriterByHand();
    const first = ask('page few', 'one');
    await vi.advanceTimersByTimeAsync(0);
    works[0]?.resolve(whole('with mods'));
    expect(await first).toBe('with mods');
    const second = ask('page more', 'one');
    await vi.advanceTimersByTimeAsync(EARLIER_AFTER_MS);
    expect(await second).toBe('with mods');
    // Nor does one go out in which a mod was stopped, which a busy machine may do to any.
    const third = ask('page most', 'one');
    await vi.advanceTimersByTimeAsync(0);
    works[2]?.resolve({ bytes: Buffer.from('without one'), isFinal: false });
    expect(await third).toBe('with mods');
  });

  it('15 s where one of another configuration is there, and none of another page of Jellyfin ever', async () => {
    const { works, ask } = rewriterByHand();
    const first = ask('page', 'one');
    await vi.advanceTimersByTimeAsync(0);
    works[0]?.resolve(whole('as it was'));
    await first;
    const changed = ask('page', 'two');
    await vi.advanceTimersByTimeAsync(WITHOUT_MODS_AFTER_MS);
    expect(await changed).toBe('as it was');
    const updated = ask('new page', 'one');
    await vi.advanceTimersByTimeAsync(WITHOUT_MODS_AFTER_MS);
    expect(await updated).toMatch(/mods did not come to work on it in time/);
  });
});
