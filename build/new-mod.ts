import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Longest name of a mod, in characters; a longer one would not be shown in problems of the configuration. */
const MAX_NAME_LENGTH = 40;

/** Names whose constant would be another thing in the file of the mod. */
const TAKEN_CONSTANTS = ['z', 'defineMod'];

/**
 * Makes the folder of a mod that works: its definition and one case; and puts it into the index, before the mods that
 * must come last.
 *
 * @param root Folder of `package.json`.
 * @returns What was made or changed, as paths from the root.
 * @throws {Error} for a name that cannot be, or is taken; nothing was changed.
 */
export function createMod(root: string, name: string): string[] {
  const constant = name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
  if (!/^[a-z]+(?:-[a-z]+)*$/.test(name) || name.length > MAX_NAME_LENGTH) {
    throw new Error(
      `"${name}" cannot be the name of a mod: use small letters with - between the words, at most ${MAX_NAME_LENGTH}, such as film-night`,
    );
  }
  if (TAKEN_CONSTANTS.includes(constant) || !canBeConstant(constant)) {
    throw new Error(
      `"${name}" cannot be the name of a mod: "${constant}" means something else in TypeScript`,
    );
  }
  const folder = `injector/mods/${name}`;
  if (existsSync(join(root, folder)))
    throw new Error(
      `"${name}" is taken: ${folder} is there already; choose another name, or delete it first`,
    );
  const indexFile = 'injector/mods/index.ts';
  const index = putIntoIndex(readFileSync(join(root, indexFile), 'utf8'), name);
  const files = new Map([
    [`${folder}/mod.ts`, definition(name, constant)],
    [`${folder}/cases/shown.txt`, goldenCase(name)],
    [indexFile, index],
  ]);
  mkdirSync(join(root, folder, 'cases'), { recursive: true });
  for (const [file, text] of files) writeFileSync(join(root, file), text);
  return [...files.keys()];
}

function canBeConstant(word: string): boolean {
  try {
    new Function(`'use strict'; const ${word} = 0;`);
    return true;
  } catch {
    return false;
  }
}

/** In the list the mod comes before a comment about the last ones. */
function putIntoIndex(text: string, name: string): string {
  const lines = text.split('\n');
  const begin = lines.findIndex((line) => line.startsWith('const ENTRIES'));
  const place = lines.findIndex((line, at) => at > begin && /^(?: {2}\/\/ Last|\];)/.test(line));
  if (begin === -1 || place === -1)
    throw new Error('injector/mods/index.ts: there is no list ENTRIES to put a mod into');
  lines.splice(place, 0, `  { name: '${name}', load: () => import('./${name}/mod.ts') },`);
  return lines.join('\n');
}

function definition(name: string, constant: string): string {
  const words = name.replaceAll('-', ' ');
  return `import { z } from 'zod';
import { defineMod } from '../../kit/define-mod.ts';

/** Marks the page with a text: what this mod does until you write what it is for. */
export const ${constant} = defineMod({
  name: '${name}',
  title: '${words.charAt(0).toUpperCase()}${words.slice(1)}',
  jellyfin: '>=10.8 <13',
  options: z.strictObject({
    text: z.string().trim().min(1).max(200).meta({ description: 'What the page is marked with.' }),
  }),
  example: { text: 'Hello' },
  hooks: ({ text }) => ({
    html: (page) => {
      page('html').attr('data-${name}', text);
    },
  }),
});
`;
}

function goldenCase(name: string): string {
  return `The page is marked with the text.

@@@ options
text: Hello

@@@ page before
<!DOCTYPE html><html><head><title>Jellyfin</title></head><body></body></html>

@@@ page after
<!DOCTYPE html><html data-${name}="Hello"><head><title>Jellyfin</title></head><body></body></html>
`;
}

if (import.meta.main) {
  const root = join(import.meta.dirname, '..');
  const [name, ...more] = process.argv.slice(2);
  if (name === undefined || more.length > 0) {
    process.stderr.write('usage: npm run new:mod NAME\n');
    process.exitCode = 64;
  } else {
    try {
      const made = createMod(root, name);
      // A process of its own, which reads the index as it is now.
      execFileSync(process.execPath, [join(root, 'build/generate.ts')], { stdio: 'inherit' });
      process.stdout.write(
        `${made.join('\n')}\nNow write what it does; then: npm run generate, npm run test:only -- test/mods\n`,
      );
    } catch (error) {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      process.exitCode = 1;
    }
  }
}
