import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Mod } from '../../injector/kit/define-mod.ts';

const MODS_FOLDER = join(import.meta.dirname, '../../injector/mods');

/** Pages of the web client on which mods show; `start` is before its scripts run, `drawer` home with it open, `music` while some plays. */
export const PICTURED_PAGES = [
  'start',
  'login',
  'home',
  'details',
  'settings',
  'profile',
  'drawer',
  'music',
  'video',
] as const;

const recipe = z.strictObject({
  page: z.enum(PICTURED_PAGES),
  options: z.record(z.string(), z.unknown()),
  /** Name of a button of the mod that is pressed first. */
  press: z.string().optional(),
  /** Seconds until there is something to see, for what moves slowly. */
  wait: z.number().min(0).max(10).default(0),
});

/** How a mod is shown: where, and with which options, as in `config.yaml`. */
export type Recipe = z.output<typeof recipe>;

/**
 * Reads `picture.json` of a mod. @returns undefined for one that has none: there is nothing to see of it in one page.
 *
 * @throws {Error} that names the file, when it is not as `injector/mods/README.md` says, or the mod does not take its options.
 */
export function readRecipe(mod: Mod): Recipe | undefined {
  const file = join(MODS_FOLDER, mod.name, 'picture.json');
  if (!existsSync(file)) return undefined;
  const read = recipe.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (!read.success) throw new Error(`${file}: ${z.prettifyError(read.error)}`);
  const taken = mod.options.safeParse(read.data.options);
  if (!taken.success) throw new Error(`${file}: options: ${z.prettifyError(taken.error)}`);
  return read.data;
}
