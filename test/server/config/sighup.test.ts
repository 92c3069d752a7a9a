import { EventEmitter } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { MOD_LIST } from '../../../injector/mods/index.ts';
import { CHANNELS } from '../../../server/channels/registry.ts';
import type { Config } from '../../../server/config/config.ts';
import { loadConfig } from '../../../server/config/load.ts';
import { watchConfig } from '../../../server/config/watch.ts';
import { until } from '../../support/clock/until.ts';
import { tempFolder } from '../../support/files/temp-folder.ts';
import { createLogLines } from '../../support/log/log-lines.ts';
import { startInFolder, withTitle } from '../../support/program/watched-config.ts';

describe('SIGHUP', () => {
  it('reloads at once, and reads files of secrets again', async () => {
    const folder = await tempFolder();
    const [file, secret] = [join(folder, 'config.yaml'), join(await tempFolder(), 'key')];
    await writeFile(file, withTitle('first'));
    await writeFile(secret, 'old');
    const load = () =>
      loadConfig({
        configPath: file,
        environment: { GATEHOUSE_JELLYFIN__API_KEY_FILE: secret },
        mods: MOD_LIST,
        channels: CHANNELS,
      });
    const applied: Config[] = [];
    const signals = new EventEmitter();
    const watch = await watchConfig({
      config: await load(),
      load,
      apply: (config) => void applied.push(config),
      log: createLogLines().log,
      signals,
    });
    onTestFinished(() => watch.close());
    await writeFile(secret, 'new');
    signals.emit('SIGHUP');
    await until(() => applied[0]?.jellyfin.apiKey === 'new');
  });

  it('reaches us as a real signal of the process', async () => {
    const file = join(await tempFolder(), 'config.yaml');
    await writeFile(file, withTitle('first'));
    let loads = 0;
    const load = () => {
      loads += 1;
      return loadConfig({ configPath: file, environment: {}, mods: MOD_LIST, channels: CHANNELS });
    };
    const watch = await watchConfig({
      config: await load(),
      load,
      apply: () => {},
      log: createLogLines().log,
    });
    await until(() => loads === 2);
    process.kill(process.pid, 'SIGHUP');
    await until(() => loads === 3);
    await watch.close();
    expect(process.listenerCount('SIGHUP')).toBe(0);
  });

  it('does nothing after the watch was closed', async () => {
    const { file, applied, signals, watch } = await startInFolder();
    await watch.close();
    await writeFile(file, withTitle('second'));
    signals.emit('SIGHUP');
    await sleep(400);
    expect(applied).toEqual([]);
  });
});
