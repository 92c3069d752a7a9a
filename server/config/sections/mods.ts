import { z } from 'zod';
import { whenOption } from '../../../injector/kit/conditions.ts';
import type { Mod } from '../../../injector/kit/define-mod.ts';

/** Most entries of one mod. */
const MAX_ENTRIES = 20;

/**
 * One key for each mod there is; its value is `true`, `false`, the mod's options, or several of them in a list. Each may say
 * `when` it is on. The output holds `false`, or the options as the mod's own schema gives them; mods that are not mentioned
 * are absent.
 */
export function createModsSection(mods: readonly Mod[]) {
  const shape: Record<string, z.ZodType> = {};
  for (const mod of mods) {
    const entry = withWhen(mod.options);
    shape[mod.name] = z
      .union([z.boolean(), entry, z.array(entry).min(1).max(MAX_ENTRIES)])
      .optional()
      .meta({
        description: `${mod.title}: true, false, its options, or a list of them for different times.`,
      });
  }
  return z
    .strictObject(shape)
    .prefault({})
    .meta({ description: 'Changes of the web client, each off until it is named here.' });
}

/** The options of every mod are a strict object; the contract of mods holds them to it. */
function withWhen(options: z.ZodType): z.ZodType {
  if (!(options instanceof z.ZodObject)) return options;
  const when = whenOption.optional().meta({ description: 'When it is on; left out: always.' });
  return options.safeExtend({ when });
}
