import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CHANNELS, createChannels } from '../../../server/channels/registry.ts';
import { loadConfig } from '../../../server/config/load.ts';
import { checkChannels } from '../../../server/doctor/reset-checks.ts';
import { startFakeDiscord } from '../../support/channels/fake-discord.ts';
import { startFakeMatrix } from '../../support/channels/fake-matrix.ts';
import { startFakeTelegram } from '../../support/channels/fake-telegram.ts';
import { startReceiver } from '../../support/channels/fake-webhooks.ts';
import { WEBHOOK_SECRET } from '../../support/channels/webhook-worlds.ts';
import { tempFolder } from '../../support/files/temp-folder.ts';
import { modList } from '../../support/mods/mod-list.ts';

/** A configuration with every chat channel, with the secrets in the environment, as the docs advise. */
async function loadAll() {
  const [telegram, discord, matrix, receiver] = await Promise.all([
    startFakeTelegram([1001]),
    startFakeDiscord(['80351110224678912']),
    startFakeMatrix(['@anna:home.example']),
    startReceiver(WEBHOOK_SECRET),
  ]);
  const configPath = join(await tempFolder(), 'config.yaml');
  await writeFile(
    configPath,
    `public: { url: https://media.example.org }
jellyfin: { url: http://127.0.0.1:8096, apiKey: 0a1b2c3d }
reset: {}
telegram: { apiUrl: '${telegram.url}' }
discord: { apiUrl: '${discord.url}' }
matrix: { homeserver: '${matrix.url}/' }
webhook: { url: '${receiver.url}/hook' }
`,
  );
  const environment = {
    GATEHOUSE_TELEGRAM__TOKEN: telegram.token,
    GATEHOUSE_DISCORD__TOKEN: discord.token,
    GATEHOUSE_MATRIX__ACCESS_TOKEN: matrix.token,
    GATEHOUSE_WEBHOOK__SECRET: WEBHOOK_SECRET,
  };
  const config = await loadConfig({ configPath, environment, mods: modList([]), channels: CHANNELS });
  return { config, services: { telegram, discord, matrix, receiver } };
}

test('each section makes its channel, in the order of the registry, and none needs mail', async () => {
  const { config } = await loadAll();
  if (config.reset === undefined) throw new Error('there is no reset');
  const channels = await createChannels(config.reset);
  for (const channel of channels) channel.close();
  expect(channels.map(({ name }) => name)).toEqual(['telegram', 'discord', 'matrix', 'webhook']);
  expect(channels.map(({ bot }) => bot !== undefined)).toEqual([true, true, true, false]);
});

test('who is proved by writing to a bot has a bot to write to', async () => {
  const { config } = await loadAll();
  if (config.reset === undefined) throw new Error('there is no reset');
  for (const { name, linking, create } of CHANNELS.filter((one) => one.name !== 'email')) {
    const channel = await create(config.reset.channels[name], config.reset);
    channel.close();
    expect([name, channel.bot !== undefined]).toEqual([name, linking === 'code-to-bot']);
  }
});

test('the doctor asks every service whether it knows us, and sends nothing', async () => {
  const { config, services } = await loadAll();
  expect(await checkChannels(config.reset)).toMatchObject([
    { name: 'telegram', says: 'Telegram knows the bot.' },
    { name: 'discord', says: 'Discord knows the bot.' },
    { name: 'matrix', says: 'The homeserver knows the account.' },
    { name: 'webhook', says: 'The service of the webhook answers, and knows Gatehouse.' },
  ]);
  expect(Object.values(services).map(({ heard }) => heard.length)).toEqual([1, 1, 1, 1]);
  expect(services.receiver.taken).toEqual([]);
});
