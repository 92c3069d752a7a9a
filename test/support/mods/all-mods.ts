import type { Mod } from '../../../injector/kit/define-mod.ts';
import { MODS } from '../../../injector/mods/all.ts';
import { FILMS } from '../jellyfin/films.ts';

/** What would cover the whole client, or is about nothing here, is on with other options than in the example. */
const OTHER_OPTIONS: Readonly<Record<string, unknown>> = {
  maintenance: { start: '2999-01-01T00:00', end: '2999-01-02T00:00', text: 'Closed on New Year’s Day' },
  featured: { show: FILMS.collection.id, seconds: 0 },
};

/** Every mod there is, with the options of its example. */
export const ALL_MODS: readonly { readonly mod: Mod; readonly options: unknown }[] = MODS.map((mod) => ({
  mod,
  options: OTHER_OPTIONS[mod.name] ?? mod.example,
}));
