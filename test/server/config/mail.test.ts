import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CHANNELS } from '../../../server/channels/registry.ts';
import { loadConfig } from '../../../server/config/load.ts';
import { tempFolder } from '../../support/files/temp-folder.ts';
import { modList } from '../../support/mods/mod-list.ts';

const WITH_RESET = `public: { url: https://media.example.org }
jellyfin: { url: http://127.0.0.1:8096, apiKey: 0a1b2c3d }
mail: here
`;

async function load(text: string) {
  const configPath = join(await tempFolder(), 'config.yaml');
  await writeFile(configPath, text);
  return loadConfig({ configPath, environment: {}, mods: modList([]), channels: CHANNELS });
}

describe('mail in config.yaml', () => {
  it.each([
    ['smtp://127.0.0.1:25', '', false],
    ['smtp://localhost', '', false],
    ['smtp://[::1]:25', '', false],
    ['smtp://localhost.example.org', '', true],
    ['smtp://127.0.0.1:25', ', requireTls: true', true],
    ['smtp://mail.example.org', ', requireTls: false', false],
    ['smtp://127.0.0.1:25', ', caFile: ca.pem', true],
    [
      'smtp://127.0.0.1:25',
      ', certificate: "sha256:AB:AB:AB:AB:AB:AB:AB:AB:AB:AB:AB:AB:AB:AB:AB:AB:AB:AB:AB:AB:AB:AB:AB:AB:AB:AB:AB:AB:AB:AB:AB:CD"',
      true,
    ],
  ])('settles whether %s%s must speak TLS', async (url, more, expected) => {
    const text = WITH_RESET.replace(/mail: .*/, `mail: { url: "${url}", from: a@example.org${more} }`);
    expect((await load(`${text}reset: {}\n`)).reset?.channels['email']).toMatchObject({
      requireTls: expected,
    });
  });

  it('reads what mail servers at home need: a certificate, and the name to give in EHLO', async () => {
    const mail = async (more: string) => {
      const text = WITH_RESET.replace(
        /mail: .*/,
        `mail: { url: smtp://relay, from: a@example.org, ${more} }`,
      );
      const config = await load(`${text}reset: {}\n`);
      return { folder: dirname(config.file), email: config.reset?.channels['email'] };
    };
    const { folder, email } = await mail('caFile: certs/ca.pem, name: nas.example.org');
    expect(email).toMatchObject({ caFile: join(folder, 'certs/ca.pem'), name: 'nas.example.org' });
    const plain = `sha256:${'ab'.repeat(31)}cd`;
    for (const written of [
      plain,
      'sha256:AB:AB:AB:AB:AB:AB:AB:AB:AB:AB:AB:AB:AB:AB:AB:AB:AB:AB:AB:AB:AB:AB:AB:AB:AB:AB:AB:AB:AB:AB:AB:CD',
    ])
      expect((await mail(`certificate: "${written}"`)).email).toMatchObject({ certificate: plain });
  });
});
