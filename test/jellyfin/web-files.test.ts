import { mkdirSync, mkdtempSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { JELLYFIN_VERSIONS } from './versions.ts';
import { createWebFiles } from './web-files.ts';

const MANIFESTS = {
  '10.8.13': '64d966784cd77b03a79c.json',
  '10.9.11': 'fd4301fdc170fd202474.json',
  '10.10.7': 'fd4301fdc170fd202474.json',
  '10.11.11': 'manifest.json',
  '12.0': 'manifest.json',
};

describe.each(JELLYFIN_VERSIONS)('our web client %s', (version) => {
  const files = createWebFiles(version);
  const text = (path: string) => files.read(path)?.bytes.toString() ?? '';
  const index = text('index.html');

  it('has an index.html in which every address leads to a file', () => {
    const addresses = [...index.matchAll(/ (?:src|href)="([^"]+)"/g)].map(([, address]) => address ?? '');
    expect(addresses.length).toBeGreaterThan(4);
    for (const address of addresses) {
      expect(files.read(decodeURIComponent(address.replace(/\?.*/, ''))), address).toBeDefined();
    }
  });

  it('puts title and style before the first script, which is deferred and carries the build hash', () => {
    expect(index.indexOf('<title>Jellyfin</title>')).toBeGreaterThan(0);
    expect(index.indexOf('</style>')).toBeLessThan(index.indexOf('<script'));
    expect(index).toMatch(/<script defer="defer" src="main\.jellyfin\.bundle\.js\?[0-9a-f]{20}"><\/script>/);
    expect(index).not.toMatch(/<script>/);
  });

  it('has the attributes, the body and the manifest of its version', () => {
    expect(index).toContain(
      version === '10.8.13' ? '<html class="preload">' : '<html class="preload" dir="ltr">',
    );
    expect(index.includes('id="reactRoot"')).toBe(version !== '10.8.13');
    expect(index.includes('mainAnimatedPages')).toBe(version === '10.8.13');
    expect(index).toContain(`<link rel="manifest" href="${MANIFESTS[version]}">`);
    expect(JSON.parse(text(MANIFESTS[version])).icons).toHaveLength(4);
  });

  it('has the config.json keys and plugins of its version', () => {
    const config = JSON.parse(text('config.json'));
    expect(Object.keys(config)).toEqual([
      'includeCorsCredentials',
      'multiserver',
      'themes',
      'menuLinks',
      'servers',
      'plugins',
    ]);
    expect(config.plugins).toHaveLength(version === '10.8.13' ? 13 : version === '12.0' ? 15 : 14);
    for (const { id } of config.themes) expect(files.read(`themes/${id}/theme.css`), id).toBeDefined();
  });

  it('keeps files in the service worker on 10.8 only', () => {
    const worker = text('serviceworker.js');
    expect(worker.includes("addEventListener('fetch'")).toBe(version === '10.8.13');
    if (version === '10.8.13') {
      expect(worker).toMatch(/\{'revision':'[0-9a-f]{32}','url':'index\.html'\}/);
      expect(worker).toMatch(/\{'revision':'[0-9a-f]{32}','url':'config\.json'\}/);
    }
  });

  it('knows no file it does not have', () => {
    expect(files.read('nothing.js')).toBeUndefined();
    expect(files.read('../web-files.ts')).toBeUndefined();
  });
});

describe('a folder with a built client', () => {
  const outside = mkdtempSync(join(tmpdir(), 'web-files-'));
  const folder = join(outside, 'dist');
  mkdirSync(join(folder, 'themes'), { recursive: true });
  writeFileSync(join(outside, 'secret.txt'), 'secret');
  writeFileSync(join(folder, 'index.html'), '<!doctype html>');
  writeFileSync(join(folder, 'themes', 'dark.css'), 'a{}');
  const changed = new Date('2024-02-29T23:59:59Z');
  utimesSync(join(folder, 'themes', 'dark.css'), changed, changed);
  symlinkSync(join(outside, 'secret.txt'), join(folder, 'link.txt'));
  const files = createWebFiles('10.11.11', folder);

  it('gives its files with their date', () => {
    expect(files.read('index.html')?.bytes.toString()).toBe('<!doctype html>');
    expect(files.read('themes/dark.css')?.modified).toEqual(changed);
  });

  it.each(['../secret.txt', 'themes/../../secret.txt', '/secret.txt', 'link.txt', 'themes', '', 'a\0b'])(
    'gives nothing for %j',
    (path) => {
      expect(files.read(path)).toBeUndefined();
    },
  );
});
