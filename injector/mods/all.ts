import type { Mod } from '../kit/define-mod.ts';
import { MOD_LIST } from './index.ts';

/** Every mod there is, loaded, in the order in which they run. The program that serves loads only those it needs. */
export const MODS: readonly Mod[] = await MOD_LIST.load();
