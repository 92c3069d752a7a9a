import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One case of a mod as a person writes it: a sentence, then parts that begin with a line `@@@ <name>`. */
export interface GoldenCase {
  readonly mod: string;
  /** File name without its ending. */
  readonly name: string;
  /** Text of each part, by its name, e.g. `page before`; without blank lines around. */
  readonly parts: ReadonlyMap<string, string>;
}

/** Names a part may have; `injector/mods/README.md` says what each is. */
const PART_NAMES = [
  'options',
  'page before',
  'page after',
  'config before',
  'config after',
  'branding before',
  'branding after',
  'manifest before',
  'manifest after',
  'css',
  'strings',
  'settings',
  'browser',
  'script before',
  'script after',
  'style before',
  'style after',
  'text before',
  'text after',
];

/**
 * Reads `<mod>/cases/*.txt` of every mod.
 *
 * @param folder `injector/mods`.
 * @throws {Error} for a part of an unknown name, one that comes twice, or a case without options.
 */
export function readGoldenCases(folder: string): GoldenCase[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name: mod }) =>
      readdirSync(join(folder, mod, 'cases')).map((file) => {
        const parts = parse(readFileSync(join(folder, mod, 'cases', file), 'utf8'), `${mod}/cases/${file}`);
        return { mod, name: file.replace(/\.txt$/, ''), parts };
      }),
    );
}

function parse(text: string, file: string): Map<string, string> {
  const parts = new Map<string, string>();
  const [, ...found] = `\n${text}`.split('\n@@@ ');
  for (const part of found) {
    const end = part.indexOf('\n');
    const name = part.slice(0, end).trim();
    if (!PART_NAMES.includes(name))
      throw new Error(`${file}: "@@@ ${name}" is none of ${PART_NAMES.join(', ')}`);
    if (parts.has(name)) throw new Error(`${file}: "@@@ ${name}" comes twice`);
    parts.set(name, part.slice(end).trim());
  }
  if (!parts.has('options')) throw new Error(`${file}: there is no "@@@ options"`);
  return parts;
}
