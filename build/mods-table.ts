import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Mod } from '../injector/kit/define-mod.ts';
import { MODS } from '../injector/mods/index.ts';

const BEGIN = '<!-- mods -->';
const END = '<!-- /mods -->';

/**
 * Puts the table of mods between its two markers in a Markdown text. Idempotent.
 *
 * @throws {Error} when the markers are not there.
 */
export function putModsTable(markdown: string, mods: readonly Mod[]): string {
  const begin = markdown.indexOf(BEGIN);
  const end = markdown.indexOf(END);
  if (begin === -1 || end < begin)
    throw new Error(`put "${BEGIN}" and "${END}" where the table of mods belongs`);
  return `${markdown.slice(0, begin)}${BEGIN}\n${renderTable(mods)}${markdown.slice(end)}`;
}

function renderTable(mods: readonly Mod[]): string {
  const rows = mods.map((mod) => {
    const { properties } = z.toJSONSchema(mod.options, { io: 'input' });
    const options = Object.keys(properties ?? {}).map((option) => `\`${option}\``);
    return `| \`${mod.name}\` | ${mod.title} | ${options.join(', ')} |\n`;
  });
  return `| mod | what it does | options |\n|---|---|---|\n${rows.join('')}`;
}

if (import.meta.main) {
  const file = join(import.meta.dirname, '../README.md');
  await writeFile(file, putModsTable(await readFile(file, 'utf8'), MODS));
}
