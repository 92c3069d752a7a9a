import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { NginxMode } from '../../../server/reverse-proxy/nginx-choice.ts';
import { tempFolder } from '../../support/files/temp-folder.ts';
import { makeCertificate } from '../../support/network/certificates.ts';
import { generateNginx, tryGeneratedNginx } from '../../support/network/generated-nginx.ts';

const PLAIN = 'jellyfin: { url: http://127.0.0.1:8096 }';

async function generate(config: string, mode: NginxMode, isTls = false): Promise<string> {
  const path = join(await tempFolder(), 'config.yaml');
  await writeFile(path, config);
  return await generateNginx(path, mode, isTls, 'media.example.org');
}

/** Patterns of paths by what becomes of them, in their order. */
function patternsIn(text: string): { taken: string[]; closed: string[]; throttled: string[] } {
  const blocks = [...text.matchAll(/if \(\$(\w+) ~\* "\(\?x\).*\(\?:\n([\s\S]*?)\n *\)"\) \{ (set|return)/g)];
  const among = (wanted: string): string[] => {
    const block = blocks.find(([, variable, , then]) => `${variable} ${then}` === wanted);
    return block?.[2]?.split('\n').map((line) => line.trim().replace(/^\| /, '')) ?? [];
  };
  return {
    taken: among('gatehouse_path set'),
    closed: among('gatehouse_path return'),
    throttled: among('gatehouse_sent return'),
  };
}

const ALL: readonly (readonly [string, string])[] = [
  ['a server on this machine', PLAIN],
  [
    'a base path, and a path that nginx strips',
    'public: { url: https://a.example/jf/jellyfin }\njellyfin: { url: http://127.0.0.1:8096/jellyfin }',
  ],
  [
    'a unix socket, IPv6, and names of its own',
    "listen: { host: '::' }\npublic: { url: https://a.example, hosts: [nas.local, '[fd00::5]'] }\njellyfin: { url: unix:/run/jellyfin.sock }",
  ],
  ['https of Jellyfin', 'jellyfin: { url: https://127.0.0.1:8920 }'],
];

describe.each([
  ['full', ALL.slice(0, 2)],
  ['split', ALL],
] as const)('nginx takes --mode %s', (mode, configs) => {
  it.each(configs)('with %s', async (_what, config) => {
    expect(await tryGeneratedNginx(await generate(config, mode))).toMatch(/test is successful/);
  });

  it('with https on port 443, and a redirect from port 80', async () => {
    const text = await generate(PLAIN, mode, true);
    expect(text).toMatch(/listen 443 ssl http2;/);
    expect(text).toMatch(/ssl_certificate \/etc\/letsencrypt\/live\/media\.example\.org\/fullchain\.pem;/);
    expect(text).toMatch(/listen 80;[^}]*return 301 https:\/\/\$host\$request_uri;/);
    expect(await tryGeneratedNginx(text, makeCertificate())).toMatch(/test is successful/);
  });
});

it('nginx asks Gatehouse where it listens, on whichever address of this machine', async () => {
  expect(await generate(`listen: { host: 127.0.0.2 }\n${PLAIN}`, 'full')).toContain('server 127.0.0.2:8097;');
  expect(await generate(`listen: { host: '::' }\n${PLAIN}`, 'full')).toContain('server [::1]:8097;');
});

describe('what comes to Gatehouse', () => {
  const none =
    'cache: { web: false }\nloginThrottle: { enabled: false }\nguard: { lanRoutes: false, wizard: false, homeOnly: false }\n';

  it('is the front page and our own pages where nothing is switched on', async () => {
    expect(patternsIn(await generate(`${none}${PLAIN}`, 'split'))).toEqual({
      // Doubled slashes and dots come too, whatever they mean.
      taken: ['/[/.]', '/gatehouse(?:/|$)', '(?<!.)/$', '/web$', '/web/$', '/web/index\\.html$'],
      closed: ['/[/.]', '/gatehouse(?:/|$)'],
      throttled: [],
    });
  });

  it.each([
    ['the throttle', 'loginThrottle: { enabled: true }', '/users/authenticatebyname/?$', 'throttled'],
    ['the cache', 'cache: { web: true }', /^\/web\/.*woff2/, 'open'],
    [
      'the guard of the home network',
      'guard: { wizard: false, homeOnly: false }',
      '/system/restart/?$',
      'closed',
    ],
    ['the guard of the wizard', 'guard: { lanRoutes: false, homeOnly: false }', '/startup(?:/|$)', 'closed'],
    [
      'a notice on the login page',
      'mods: { login-notice: { text: Hi } }',
      '/branding/configuration/?$',
      'open',
    ],
    [
      'a link in the menu',
      'mods: { menu-links: { links: [{ name: a, url: "https://b.example" }] } }',
      '/web/config\\.json$',
      'open',
    ],
  ] as const)('grows with %s', async (_what, lines, pattern, without) => {
    const [name = ''] = lines.split(':');
    const others = none.split('\n').filter((line) => !line.startsWith(`${name}:`));
    const found = patternsIn(await generate(`${others.join('\n')}\n${lines}\n${PLAIN}`, 'split'));
    const it = typeof pattern === 'string' ? pattern : expect.stringMatching(pattern);
    expect(found.taken).toContainEqual(it);
    // While Gatehouse is down.
    expect(found.closed.includes(String(pattern))).toBe(without === 'closed');
    expect(found.throttled.includes(String(pattern))).toBe(without === 'throttled');
  });

  it('is what Gatehouse answers, with a reset service, each path once', async () => {
    const reset = `public: { url: https://a.example }\njellyfin: { url: http://127.0.0.1:8096, apiKey: abc }\nreset: { method: pin }
mail: { url: 'smtp://127.0.0.1:25', from: a@example.org }\n`;
    const { taken, closed } = patternsIn(await generate(reset, 'split'));
    expect(taken.filter((pattern) => pattern === '/users/forgotpassword/?$')).toHaveLength(1);
    expect(closed).toContain('/users/forgotpassword/?$');
  });

  it.each([
    ['the cache, the throttle, the guard and mods', ''],
    ['a base path', '/jellyfin'],
    ['one that nothing else begins with', '/zoo.Films'],
  ])('loses no path by looking at its first letters, with %s', async (_what, base) => {
    const mods =
      'mods: { login-notice: { text: Hi }, menu-links: { links: [{ name: a, url: "https://b.example" }] } }';
    const text = await generate(
      `loginThrottle: { enabled: true }\n${mods}\njellyfin: { url: 'http://127.0.0.1:8096${base}' }`,
      'split',
    );
    const [, ahead = '', lines = ''] =
      /\$gatehouse_path ~\* "\(\?x\)(.*)\(\?:\n([\s\S]*?)\n *\)"/.exec(text) ?? [];
    // Nothing in it needs to be possessive but for the time that it takes.
    const all = `(?:${lines.replace(/\s/g, '').replaceAll('*+', '*')})`;
    const [looking, trying] = [new RegExp(ahead + all, 'i'), new RegExp(all, 'i')];
    const begun = [
      '/web/a.css',
      '/web/x/y.js',
      `${base}/`,
      base,
      '/x//y',
      '/.x',
      '/x/..',
      '/System/Info',
      '/Users/1/Items',
    ].concat(
      lines.split('\n').map((line) =>
        line
          .replace(/^[ |]*/, '')
          .replace('([^/]+)', 'a1b2')
          .replace(/\(?[/|?:]*\$.*$|\\/g, ''),
      ),
    );
    const paths = begun.flatMap((path) =>
      ['', '/emby', base, '/Users'].flatMap((before) =>
        [path, `${path}/`, `${path}x`, `${path}/x`, path.slice(0, -1), path.toUpperCase()].map(
          (after) => before + after,
        ),
      ),
    );
    expect(ahead).toMatch(/^\(\?!/);
    expect(paths.filter((path) => looking.test(path) !== trying.test(path))).toEqual([]);
    expect(paths.filter((path) => trying.test(path)).length).toBeGreaterThan(200);
    expect(paths.filter((path) => !trying.test(path)).length).toBeGreaterThan(100);
  });
});
