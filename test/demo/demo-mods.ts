import { MODS } from '../../injector/mods/all.ts';
import { METHODS } from '../../server/config/methods.ts';
import { drawFiles } from './drawn-files.ts';
import type { Guide } from './guide.ts';
import { readRecipe } from './mod-recipe.ts';
import type { DemoOptions } from './options.ts';

/**
 * The section `mods` of the demo's configuration: such that the patched pages cannot be taken for the bare ones, or with
 * those that were asked for, without what would be taken for theirs.
 */
export function modsFor(options: DemoOptions, { addresses, people }: Guide): object {
  const inbox = addresses.find(({ place }) => place === 'inbox')?.url ?? '';
  const names = people.map(({ name, password }) => `**${name}** (password *${password}*)`).join(', ');
  const isUsual = options.show === METHODS[options.method].lead;
  return {
    ...(isUsual ? {} : { 'forgot-password': { show: options.show } }),
    'login-notice': {
      text: `Sign in as ${names}, or forget it. Messages arrive in the [inbox](${inbox}), which says whose password was changed.`,
    },
    'login-throttle': true,
    'menu-links': { links: [{ name: 'Inbox of the demo', url: inbox, icon: 'mail' }] },
    ...(options.mods.length === 0 ? DECORATION : optionsOf(options.mods)),
  };
}

/** Draws the pictures and other files that the options of mods name, beside the demo's `config.yaml`. */
export async function drawFilesOf(names: readonly string[], folder: string): Promise<void> {
  const options = optionsOf(names);
  for (const mod of MODS)
    if (mod.name in options) await drawFiles(folder, mod.options.parse(options[mod.name]));
}

/** By its name, the options that show each best. */
function optionsOf(names: readonly string[]): Record<string, unknown> {
  const chosen = MODS.filter(({ name }) => names.includes(name));
  return Object.fromEntries(chosen.map((mod) => [mod.name, readRecipe(mod)?.options ?? mod.example]));
}

const CSS = `#loginPage h1 { text-align: center; }
#loginPage h1::after {
  background: #4b1d66; border-radius: 1em; color: #fff; content: "changed by Gatehouse"; display: table;
  font-size: 0.6em; line-height: 1.4; margin: 0.4em auto 0; padding: 0.2em 1em;
}
#loginPage .button-submit { background: #aa5cc3 !important; color: #fff !important; }`;

const DECORATION = { 'page-title': { title: 'Demo with mods' }, 'custom-css': { css: CSS } };
