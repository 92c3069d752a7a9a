import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/*
 * The mods of tests, in a process that is as slow to start as the test wants, as on a machine whose processor twenty
 * share: `late-mods.ts?gate=FILE` is loaded once the file is there.
 */
const gate = new URL(import.meta.url).searchParams.get('gate') ?? '';
while (!existsSync(gate)) await sleep(20);

export { MODS } from './test-mods.ts';
