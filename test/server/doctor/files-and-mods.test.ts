import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { MOD_LIST } from '../../../injector/mods/index.ts';
import { CHANNELS } from '../../../server/channels/registry.ts';
import { loadConfig } from '../../../server/config/load.ts';
import { checkMods } from '../../../server/doctor/anchors-check.ts';
import { checkNginxFile } from '../../../server/doctor/nginx-file-check.ts';
import { generateNginx } from '../../support/network/generated-nginx.ts';
import { listen, shut } from '../../support/network/listen.ts';
import { admit } from '../../support/program/doctor-fixture.ts';

async function patient(lines: Record<string, string> = {}, jellyfin = {}) {
  const admitted = await admit({ hasContacts: false, lines, jellyfin });
  const configPath = join(admitted.folder, 'config.yaml');
  const config = await loadConfig({ configPath, environment: {}, mods: MOD_LIST, channels: CHANNELS });
  return { ...admitted, configPath, config };
}

describe('the nginx in front', () => {
  it('has all it needs, lacks a rule, has no part of ours, or cannot be read', async () => {
    const { folder, configPath, config } = await patient();
    const file = join(folder, 'gatehouse.conf');
    await writeFile(file, await generateNginx(configPath, 'split'));
    expect(await checkNginxFile(file, config)).toMatchObject({ name: 'nginx-file', state: 'fine' });

    await appendFile(configPath, 'mods: { login-notice: { text: Hello } }\n');
    const text = await readFile(file, 'utf8');
    const rule = /^ *if \(.*\n/m.exec(text)?.[0] ?? '';
    await writeFile(file, text.replace(rule, ''));
    expect(await checkNginxFile(file, config)).toMatchObject({
      ...{ name: 'nginx-file', state: 'failed' },
      says: expect.stringContaining(rule.trim()),
      fix: expect.stringContaining('gatehouse nginx --mode split'),
    });

    await writeFile(file, 'server { listen 80; }\n');
    expect(await checkNginxFile(file, config)).toMatchObject({
      state: 'warning',
      says: expect.stringContaining('no part that gatehouse nginx made'),
    });
    expect(await checkNginxFile(join(folder, 'none'), config)).toMatchObject({
      state: 'failed',
      says: expect.stringContaining('ENOENT'),
    });
  });
});

describe('mods and the client that runs', () => {
  it('fails where a mod does not find what it changes, and names what', async () => {
    const { config } = await patient();
    expect((await checkMods(config, 'dist/client')).map(({ state }) => state)).toEqual(['fine']);
    const front = createServer((request, response) => {
      fetch(config.jellyfin.url + request.url).then(
        async (answer) =>
          response.end((await answer.text()).replaceAll('btnForgotPassword', 'btnLostPassword')),
        () => response.destroy(),
      );
    });
    const url = `http://127.0.0.1:${await listen(front)}`;
    onTestFinished(() => shut(front));
    const renamed = { ...config, jellyfin: { ...config.jellyfin, url } };
    expect(await checkMods(renamed, 'dist/client')).toMatchObject([
      {
        name: 'mod-anchors',
        state: 'failed',
        says: expect.stringContaining('The mod forgot-password does not find'),
        fix: expect.stringContaining('mods.forgot-password to false'),
      },
    ]);
  });

  it('fails where a file that an option names cannot be had', async () => {
    const { config } = await patient({ mods: '{ custom-css: { url: "http://127.0.0.1:1/night.css" } }' });
    expect((await checkMods(config, 'dist/client'))[0]).toMatchObject({
      name: 'mod-files',
      state: 'failed',
      fix: expect.stringContaining('Correct the address'),
    });
  });

  it('says nothing more where Jellyfin is away', async () => {
    const { config, jellyfin } = await patient();
    await jellyfin.setPhase('refused');
    expect(await checkMods(config, 'dist/client')).toEqual([]);
  });
});
