import { execFile } from 'node:child_process';
import { readdir, writeFile } from 'node:fs/promises';
import http from 'node:http';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createFakeJellyfin, JELLYFIN_VERSIONS, type JellyfinVersion } from '../../jellyfin/fake-jellyfin.ts';
import { plainPng } from '../../support/files/plain-png.ts';
import { tempFolder } from '../../support/files/temp-folder.ts';
import { listen, shut } from '../../support/network/listen.ts';

const MAIN = join(import.meta.dirname, '../../../server/main.ts');
const MODS = `mods:
  forgot-password: { show: hide }
  login-notice: { text: Welcome home }
  page-title: { title: Films }
  login-logo: { picture: logo.png }
  custom-css: { css: "#loginPage h1 { display: none; }" }
`;

/** A fake Jellyfin in whose files one word is another. */
async function startRenamed(version: JellyfinVersion, word: string, other: string): Promise<string> {
  const jellyfin = await createFakeJellyfin({ version, hashMs: 1 });
  const front = http.createServer((request, response) => {
    fetch(jellyfin.url + request.url).then(
      async (answer) => {
        const text = (await answer.text()).replaceAll(word, other);
        response
          .writeHead(answer.status, { 'Content-Type': answer.headers.get('content-type') ?? '' })
          .end(text);
      },
      () => response.destroy(),
    );
  });
  const port = await listen(front);
  onTestFinished(async () => {
    await shut(front);
    await jellyfin.close();
  });
  return `http://127.0.0.1:${port}`;
}

const check = (url: string, ...flags: string[]) => checkWith(MODS, url, ...flags);

async function checkWith(
  mods: string,
  url: string,
  ...flags: string[]
): Promise<{ code: number; out: string; err: string }> {
  const folder = await tempFolder();
  await writeFile(join(folder, 'logo.png'), plainPng(8, 8, [200, 10, 10]));
  await writeFile(join(folder, 'config.yaml'), `jellyfin: { url: "${url}" }\n${mods}`);
  return checkIn(folder, ...flags);
}

function checkIn(folder: string, ...flags: string[]): Promise<{ code: number; out: string; err: string }> {
  const env = { PATH: process.env['PATH'], NO_COLOR: '1' };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [MAIN, 'check', ...flags],
      { cwd: folder, env, timeout: 60_000 },
      (error, out, err) => {
        resolve({ code: error === null ? 0 : Number(error.code), out, err });
      },
    );
  });
}

describe('gatehouse check', () => {
  it.each(JELLYFIN_VERSIONS)('finds what the mods stand on in the client of %s', async (version) => {
    const jellyfin = await createFakeJellyfin({ version, hashMs: 1 });
    onTestFinished(() => jellyfin.close());
    const { code, out, err } = await check(jellyfin.url);
    expect(err).toBe('');
    expect(out.split('\n').slice(1)).toEqual([
      expect.stringMatching(/^Jellyfin \d+\.\d+\.\d+, in the order in which the mods run:$/),
      '  forgot-password  ok',
      '  login-notice     ok',
      '  page-title       ok',
      '  login-logo       ok',
      '  custom-css       ok',
      '',
    ]);
    expect(code).toBe(0);
  });

  it('names a mod whose place was renamed, and ends with 1', async () => {
    const url = await startRenamed('10.11.11', 'btnForgotPassword', 'btnLostPassword');
    const { code, out } = await check(url);
    expect(out).toContain('  forgot-password  does not find in this client: .btnForgotPassword');
    expect(out).toContain('  login-notice     ok');
    expect(code).toBe(1);
  });

  it('names a file that cannot be fetched, with its field and the fix, and ends with 1, unless it is to ask nobody', async () => {
    const jellyfin = await createFakeJellyfin({ version: '10.11.11', hashMs: 1 });
    onTestFinished(() => jellyfin.close());
    const folder = await tempFolder();
    const mods = 'mods: { custom-css: { url: "http://127.0.0.1:1/night.css", css: "a{color:red}" } }';
    await writeFile(join(folder, 'config.yaml'), `jellyfin: { url: "${jellyfin.url}" }\n${mods}\n`);
    const { code, out, err } = await checkIn(folder);
    expect(err).toMatch(
      /^warning: mods\.custom-css\.url: http:\/\/127\.0\.0\.1:1\/night\.css leads into the home network.*files\.allowPrivate\n$/,
    );
    expect(out).toContain('  custom-css  ok, but for http://127.0.0.1:1/night.css: leads into');
    expect(code).toBe(1);
    expect((await checkIn(folder, '--offline')).code).toBe(0);
    expect(await readdir(folder)).toEqual(['config.yaml']);
  });

  it('shows what each mod changes in each file, in lines that people can compare', async () => {
    const jellyfin = await createFakeJellyfin({ version: '10.11.11', hashMs: 1 });
    onTestFinished(() => jellyfin.close());
    const { out } = await check(jellyfin.url, '--diff');
    const parts = new Map(
      out
        .split(/\n\n(?=\/)/)
        .slice(1)
        .map((part) => [part.slice(0, part.indexOf('\n')), part] as const),
    );
    const page = (by: string) => parts.get(`/web/index.html, by ${by}`);
    expect(page('Gatehouse itself')).toMatch(/\n\+<script src="\.\.\/gatehouse\/mods\/[\w-]{22}\.js">/);
    expect(page('Gatehouse itself')).toMatch(
      /\n\+<link rel="stylesheet" href="\.\.\/gatehouse\/mods\/[\w-]{22}\.css">/,
    );
    expect(page('Gatehouse itself')).not.toContain('Films');
    expect(page('page-title')).toContain('\n-<title>Jellyfin</title>\n+<title>Films</title>\n');
    expect(page('page-title')).not.toContain('gatehouse/mods/');
    expect(parts.get('/web/config.json, by Gatehouse itself')).toContain('+    "gatehouse/plugin"');
    expect(parts.get('/Branding/Configuration, by login-notice')).toContain(
      '\n+  "LoginDisclaimer": "Welcome home"\n',
    );
    expect(out).not.toContain(', by custom-css\n');
  });

  it('says the same as JSON', async () => {
    const url = await startRenamed('12.0', 'btnForgotPassword', 'btnLostPassword');
    const { out } = await check(url, '--json');
    const report = JSON.parse(out) as { version: string; mods: unknown[] };
    expect(report.version).toBe('12.0.0');
    expect(report.mods[0]).toEqual({
      mod: 'forgot-password',
      state: 'lost',
      missing: expect.arrayContaining(['.btnForgotPassword']),
    });
  });

  it('looks at the file alone where it is told so, and warns where Jellyfin does not answer', async () => {
    const nobody = 'http://127.0.0.1:1';
    expect(await check(nobody, '--offline')).toEqual({ code: 0, out: 'config.yaml is fine\n', err: '' });
    const { code, out, err } = await check(nobody);
    expect([code, out]).toEqual([0, 'config.yaml is fine\n']);
    expect(err).toMatch(
      /^warning: the mods were not looked at: Jellyfin at jellyfin\.url does not answer \(.+\)/,
    );
  });
});

const REPLACING = `mods:
  rewrite:
    changes:
      - find: '"HeaderPleaseSignIn":"Please sign in"'
        replace: '"HeaderPleaseSignIn":"Who is there?"'
      - { find: "Quick Connect", replace: "Quick entry", in: text }
      - { find: "const GENERATION = ", replace: "const GENERATION = 0 + " }
`;

describe('gatehouse check and text that is replaced', () => {
  it.each(JELLYFIN_VERSIONS)(
    'says where it stands in the client of %s, and where it does not',
    async (version) => {
      const jellyfin = await createFakeJellyfin({ version, hashMs: 1 });
      onTestFinished(() => jellyfin.close());
      const { code, out, err } = await checkWith(REPLACING, jellyfin.url);
      expect([code, err]).toEqual([1, '']);
      const lines = out.split('\n').slice(2);
      expect(lines[0]).toBe('  rewrite  does not find in this client: “Quick Connect” stands in no text');
      expect(lines[1]).toMatch(
        /^ {4}“"HeaderPleaseSignIn":"Please sign in"” once in (?:en-us-json|\d+)\.[0-9a-f]{20}\.chunk\.js$/,
      );
      expect(lines.slice(2)).toEqual(['    “const GENERATION = ” once in main.jellyfin.bundle.js', '']);
    },
  );

  it('says how often it stands where that is not as often as it should, and ends with 1', async () => {
    const url = await startRenamed(
      '10.11.11',
      'const GENERATION = ',
      'const GENERATION = const GENERATION = ',
    );
    const { code, out } = await checkWith(REPLACING, url);
    expect(out).toContain('“const GENERATION = ” stands 2 times in main.jellyfin.bundle.js, count says 1');
    expect(code).toBe(1);
  });

  it('is content where each stands somewhere, and names a file in which one stays', async () => {
    const jellyfin = await createFakeJellyfin({ version: '10.11.11', hashMs: 1 });
    onTestFinished(() => jellyfin.close());
    const mods = `mods: { rewrite: { changes: [{ find: background-color, replace: background, count: 5, in: style }] } }`;
    const { code, out } = await checkWith(mods, jellyfin.url);
    expect(out).toMatch(/ {2}rewrite {2}(?:ok|ok, but for .*count says 5)/);
    expect(code).toBe(0);
  });

  it('shows what becomes of it, with a little on both sides', async () => {
    const jellyfin = await createFakeJellyfin({ version: '10.11.11', hashMs: 1 });
    onTestFinished(() => jellyfin.close());
    const { out } = await checkWith(REPLACING, jellyfin.url, '--diff');
    expect(out).toMatch(
      /\n\/web\/en-us-json\.[0-9a-f]{20}\.chunk\.js, by rewrite\n@@ byte \d+ @@\n-.{0,40}"HeaderPleaseSignIn":"Please sign in".{1,40}\n\+.{0,40}"HeaderPleaseSignIn":"Who is there\?".{1,40}\n/,
    );
    expect(out).toMatch(
      /\n-const GENERATION = 11;\n(?:-.*\n)*\+.*\n(?:\+.*\n)*\+const GENERATION = 0 \+ 11;\n/,
    );
  });

  it('says the same as JSON', async () => {
    const jellyfin = await createFakeJellyfin({ version: '12.0', hashMs: 1 });
    onTestFinished(() => jellyfin.close());
    const { out } = await checkWith(REPLACING, jellyfin.url, '--json');
    expect((JSON.parse(out) as { mods: unknown[] }).mods).toEqual([
      {
        mod: 'rewrite',
        state: 'lost',
        missing: ['“Quick Connect” stands in no text'],
        found: [
          expect.stringMatching(/^“"HeaderPleaseSignIn/),
          expect.stringContaining('“const GENERATION = ”'),
        ],
      },
    ]);
  });
});
