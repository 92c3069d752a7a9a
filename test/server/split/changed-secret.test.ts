import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { MOD_LIST } from '../../../injector/mods/index.ts';
import { CHANNELS } from '../../../server/channels/registry.ts';
import { loadConfig } from '../../../server/config/load.ts';
import { createResetProgram } from '../../../server/program/reset-program.ts';
import { PATHS } from '../../../server/split/protocol.ts';
import { startFakeService } from '../../support/channels/fake-service.ts';
import { tempFolder } from '../../support/files/temp-folder.ts';
import { keepLines } from '../../support/log/kept-lines.ts';

const OLD = 'old-secret-old-secret-old-secret-old';
const NEW = 'new-secret-new-secret-new-secret-new';

test('while the secret of the halves is changed both are taken, and after it the old one is none', async () => {
  const jellyfin = await startFakeService(() => ({ status: 503 }));
  const folder = await tempFolder();
  const configPath = join(folder, 'config.yaml');
  const { log, lines } = keepLines();
  const program = createResetProgram({ webFolder: folder, channels: CHANNELS, log });
  onTestFinished(() => program.close(1_000));
  async function change(service: string) {
    await writeFile(
      configPath,
      `public: { url: 'https://media.example.org' }
jellyfin: { url: '${jellyfin.url}', apiKey: ${'a'.repeat(32)} }
mail: { url: 'smtp://127.0.0.1:1', from: films@example.org }
reset: {}
service: { ${service} }
`,
    );
    await program.apply(
      await loadConfig({ configPath, environment: {}, mods: MOD_LIST, channels: CHANNELS, only: 'reset' }),
    );
  }
  const isTaken = async (secret: string) => {
    const answer = await fetch(`http://127.0.0.1:${program.port}${PATHS.report}`, {
      ...{ method: 'POST', body: '{}' },
      headers: { authorization: `Bearer ${secret}` },
    });
    await answer.text();
    return answer.status === 200;
  };
  const taken = async () => [await isTaken(OLD), await isTaken(NEW)];

  await change(`secret: ${OLD}`);
  await program.listen('127.0.0.1', 0);
  expect(await taken()).toEqual([true, false]);
  await change(`secret: ${NEW}, previousSecret: ${OLD}`);
  expect(await taken()).toEqual([true, true]);
  await change(`secret: ${NEW}`);
  expect(await taken()).toEqual([false, true]);
  for (const secret of [OLD, NEW]) expect(JSON.stringify(lines)).not.toContain(secret);
});
