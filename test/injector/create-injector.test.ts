import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { expect, it, onTestFinished, vi } from 'vitest';
import { z } from 'zod';
import { createInjector } from '../../injector/create-injector.ts';
import { defineMod, type Hooks } from '../../injector/kit/define-mod.ts';
import { fileOption } from '../../injector/kit/file-option.ts';
import { modFilesSettings } from '../support/files/mod-files-settings.ts';
import { sampleFile } from '../support/files/sample-files.ts';
import { tempFolder } from '../support/files/temp-folder.ts';
import { createKeptLog } from '../support/log/quiet-log.ts';
import { modList } from '../support/mods/mod-list.ts';
import { startFileServer } from '../support/network/file-server.ts';
import { listen, shut } from '../support/network/listen.ts';

const about = { title: 'A mod', jellyfin: '>=10.8 <13', options: z.strictObject({}), example: {} };
const plain = defineMod({ ...about, name: 'plain', hooks: () => ({ css: 'p{margin:0}' }) });
const picture = defineMod({
  ...about,
  name: 'picture',
  options: z.strictObject({ file: fileOption('picture') }),
  example: { file: 'a.png' },
  hooks: ({ file }, files): Hooks => ({ css: `p{background:url("${files.get(file).href}")}` }),
});
/** It has a part in the browser, so that the runtime is read for it. */
const elder = defineMod({
  ...about,
  name: 'elder',
  jellyfin: '>=10.8 <10.10',
  hooks: () => ({ strings: { ButtonForgotPassword: { en: 'No' } } }),
});

function start(clientFolder: string, jellyfinUrl = 'http://127.0.0.1:9') {
  const injector = createInjector({
    mods: modList([plain, picture, elder]),
    clientFolder,
    log: createKeptLog(),
  });
  onTestFinished(() => injector.close());
  const files = modFilesSettings(clientFolder);
  return {
    use: (enabledMods: Record<string, unknown>) =>
      injector.configure({ jellyfinUrl, trustedProxies: [], enabledMods, files }, undefined),
    report: () => injector.report(),
  };
}

it('the configuration that was asked for last is in force, also where an earlier one took longer', async () => {
  const held: ServerResponse[] = [];
  const server = await startFileServer({ '/a.png': (response) => void held.push(response) });
  const { use, report } = start(await tempFolder());
  const slow = use({ picture: picture.options.parse({ file: `${server.url}/a.png` }) });
  await vi.waitFor(() => expect(held).toHaveLength(1));
  const quick = use({ plain: {} });
  // What has nothing to wait for would be done by now.
  await setImmediate();
  held[0]?.end(sampleFile('png'));
  await Promise.all([slow, quick]);
  expect(report().mods.map(({ name }) => name)).toEqual(['plain']);
});

it('a version of Jellyfin that becomes known while a configuration is made counts for it', async () => {
  const held: ServerResponse[] = [];
  const jellyfin = createServer((request, response) => {
    if (request.url === '/System/Info/Public') held.push(response);
    else response.end('Healthy');
  });
  const folder = await tempFolder();
  // Reading it takes until the test writes.
  const runtime = join(folder, 'runtime.js');
  execFileSync('mkfifo', [runtime]);
  const { use, report } = start(folder, `http://127.0.0.1:${await listen(jellyfin)}`);
  onTestFinished(() => shut(jellyfin));
  await use({ plain: {} });
  await vi.waitFor(() => expect(held).toHaveLength(1));
  const made = use({ elder: {} });
  held[0]?.end('{"Version":"10.11.11","StartupWizardCompleted":true}');
  await vi.waitFor(() => expect(report().jellyfin.version).toBe('10.11.11'));
  await writeFile(runtime, '');
  await made;
  await vi.waitFor(() =>
    expect(report().mods).toMatchObject([{ name: 'elder', leftOut: expect.stringContaining('10.11.11') }]),
  );
});
