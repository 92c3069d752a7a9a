import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { createFakeJellyfin } from '../../jellyfin/fake-jellyfin.ts';
import { clientFiles } from '../../jellyfin/web-client-files.ts';
import { tempFolder } from '../../support/files/temp-folder.ts';

const MAIN = join(import.meta.dirname, '../../../server/main.ts');
const KEY = '0123456789abcdef0123456789abcdef';
const PORTAL = 'https://jfa.example.org/my/account';

/** Really runs the program. */
function suggest(folder: string, ...args: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    const env = { PATH: process.env['PATH'] ?? '', NO_COLOR: '1' };
    const child = execFile(
      process.execPath,
      [MAIN, 'mods', 'suggest', ...args],
      { cwd: folder, env },
      (_error, out, err) => resolve({ code: child.exitCode ?? -1, out, err }),
    );
  });
}

it.each(['10.8.13', '12.0'] as const)(
  'gatehouse mods suggest reads the settings of %s and a web folder of it, and says what does the same',
  async (version) => {
    const jellyfin = await createFakeJellyfin({ version, hashMs: 1, apiKeys: [KEY] });
    onTestFinished(() => jellyfin.close());
    const folder = await tempFolder();
    const web = join(folder, 'web');
    await mkdir(web);
    for (const [name, bytes] of clientFiles(version)) {
      // The pictures of our small client are not those of Jellyfin, whatever they are called.
      if (!/\/|\.(?:png|ico)$/.test(name)) await writeFile(join(web, name), bytes);
    }
    const untouched = await suggest(folder, '--jellyfin', jellyfin.url, '--web', 'web');
    expect(untouched).toEqual({
      code: 0,
      out: `# Looked at Jellyfin at ${jellyfin.url} and web; nothing was changed.\n# Nothing was found that was changed by hand.\n`,
      err: '',
    });

    await fetch(`${jellyfin.url}/System/Configuration/branding`, {
      method: 'POST',
      headers: { Authorization: `MediaBrowser Token="${KEY}"`, 'Content-Type': 'application/json' },
      body: JSON.stringify({
        LoginDisclaimer: `<a href="${PORTAL}">Forgot password?</a>`,
        CustomCss:
          '.mine { top: 0 }\n#loginPage .raised.cancel.block.btnForgotPassword.emby-button{display:none}',
      }),
    });
    const page = clientFiles(version).get('index.html')?.toString() ?? '';
    await writeFile(
      join(web, 'index.html'),
      page.replace('</body>', '<script src="holidays.js"></script><script src="x.js"></script></body>'),
    );
    await writeFile(
      join(web, 'config.json'),
      '{"menuLinks":[{"name":"Help","url":"https://help.example.org"}]}',
    );
    await writeFile(
      join(web, 'user-playback.0123456789abcdef0123.chunk.js'),
      'e.querySelector(".chkPreferFmp4HlsContainer").checked==i.preferFmp4HlsContainer()',
    );
    await writeFile(join(web, 'bc8d51405ec040305a87.ico'), 'ours');
    await writeFile(join(folder, 'config.yaml'), `jellyfin: { url: "${jellyfin.url}" }\n`);
    const changed = await suggest(folder, '--web', 'web');
    expect(changed).toMatchObject({ code: 0, err: '' });
    expect(parse(changed.out)).toEqual({
      mods: {
        'forgot-password': { show: PORTAL },
        'menu-links': { links: [{ name: 'Help', url: 'https://help.example.org' }] },
        'client-defaults': { preferFmp4HlsContainer: false },
        icons: { picture: 'pictures/icon.png' },
        seasons: true,
        'custom-css': { css: '.mine { top: 0 }' },
      },
    });
    expect(changed.out).toContain('# - index.html: runs the script x.js. Not recognised.');
  },
  120_000,
);

it('names what it cannot look at', async () => {
  const folder = await tempFolder();
  const nobody = ['--jellyfin', 'http://127.0.0.1:1'];
  expect(await suggest(folder, ...nobody)).toMatchObject({
    code: 1,
    out: '',
    err: expect.stringMatching(
      /^gatehouse: Jellyfin at http:\/\/127\.0\.0\.1:1 cannot be asked \(.+\); start it/,
    ),
  });
  expect(await suggest(folder, '--web', 'nowhere')).toMatchObject({
    code: 1,
    err: expect.stringContaining('nowhere cannot be read (ENOENT)'),
  });
  expect(await suggest(folder, '--web', '.')).toMatchObject({
    code: 1,
    err: expect.stringContaining('has no index.html'),
  });
  await writeFile(join(folder, 'index.html'), '<title>Films</title>');
  await writeFile(join(folder, 'config.json'), 'no JSON');
  await writeFile(join(folder, 'main.jellyfin.bundle.js'), Buffer.alloc(8 * 1024 * 1024 + 1));
  const { code, out } = await suggest(folder, '--web', '.', ...nobody);
  expect([code, parse(out)]).toEqual([0, { mods: { 'page-title': { title: 'Films' } } }]);
  expect(out).toContain('# - config.json: it is no JSON\n');
  expect(out).toContain('# - main.jellyfin.bundle.js: it is larger than 8 MiB\n');
  expect(out).toContain('# - Jellyfin at http://127.0.0.1:1 cannot be asked');
  expect(await suggest(folder, '--jellyfin', 'films')).toMatchObject({ code: 64 });
  const json = JSON.parse((await suggest(folder, '--web', '.', '--json')).out);
  expect(json).toMatchObject({ places: ['.'], entries: [{ mod: 'page-title' }], notProposed: [] });
  expect(json.notRead).toHaveLength(2);
}, 120_000);
