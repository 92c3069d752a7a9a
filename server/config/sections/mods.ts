import { z } from 'zod';
import type { Mod } from '../../../injector/kit/define-mod.ts';

/**
 * One key for each mod there is; its value is `true`, `false` or the mod's options. The output holds `false`, or the
 * options as the mod's own schema gives them; mods that are not mentioned are absent.
 */
export function createModsSection(mods: readonly Mod[]) {
  const shape: Record<string, z.ZodType> = {};
  for (const mod of mods) {
    shape[mod.name] = z
      .union([z.boolean(), mod.options])
      .optional()
      .meta({ description: `${mod.title}: true, false or its options.` });
  }
  return z
    .strictObject(shape)
    .prefault({})
    .meta({ description: 'Changes of the web client, each off until it is named here.' });
}
