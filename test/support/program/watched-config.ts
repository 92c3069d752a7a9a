import { EventEmitter } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { MOD_LIST } from '../../../injector/mods/index.ts';
import { CHANNELS } from '../../../server/channels/registry.ts';
import type { Config } from '../../../server/config/config.ts';
import { loadConfig } from '../../../server/config/load.ts';
import { watchConfig } from '../../../server/config/watch.ts';
import { tempFolder } from '../files/temp-folder.ts';
import { createLogLines } from '../log/log-lines.ts';

/** A small configuration that is told from others by the title of the page. */
export const withTitle = (title: string) =>
  `jellyfin: { url: http://127.0.0.1:8096 }\nmods: { page-title: { title: ${title} } }\n`;
/** The title a configuration has, to tell it from others. */
export const titleOf = (config: Config | undefined) =>
  (config?.enabledMods['page-title'] as { title: string } | undefined)?.title;

/** Watches a real file, with a real log. */
export async function startWatch(
  file: string,
  applyFirst: (config: Config) => void = () => {},
  quietMs = 120,
) {
  const load = () => loadConfig({ configPath: file, environment: {}, mods: MOD_LIST, channels: CHANNELS });
  const applied: Config[] = [];
  const { log, text, events } = createLogLines();
  const signals = new EventEmitter();
  const apply = (config: Config) => {
    applyFirst(config);
    applied.push(config);
  };
  const watch = await watchConfig({ config: await load(), load, apply, log, signals, quietMs });
  onTestFinished(() => watch.close());
  return { applied, text, events, signals, watch };
}

/** Watches a `config.yaml` with the title `first` in a folder of its own. */
export async function startInFolder(applyFirst?: (config: Config) => void, quietMs?: number) {
  const file = join(await tempFolder(), 'config.yaml');
  await writeFile(file, withTitle('first'));
  return { file, ...(await startWatch(file, applyFirst, quietMs)) };
}
