import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { stringify } from 'yaml';
import type { Mod } from '../injector/kit/define-mod.ts';
import { MODS } from '../injector/mods/all.ts';
import { CHANNELS } from '../server/channels/registry.ts';
import { describeSchema, type JsonSchema } from '../server/config/json-schema.ts';
import { createJsonSchema } from '../server/config/schema.ts';
import { CHECKS } from '../server/doctor/checks.ts';
import { writeOpenApi } from '../server/http/openapi.ts';
import { CLI_PAGE, writeCliPage } from './cli-page.ts';
import { EXAMPLES_PAGE, putExamples } from './example-pages.ts';
import { putFrontTexts } from './fronts-page.ts';
import { putMarked } from './marked-text.ts';
import {
  EXAMPLE_OF_WHEN,
  findStalePages,
  GALLERY,
  modsInBrowser,
  picturedMods,
  visualMods,
  writeIndexPage,
  writeModPage,
} from './mod-gallery.ts';
import { NGINX_PAGE, putNginxTexts } from './nginx-page.ts';

/** The page of `gatehouse doctor`. */
const DOCTOR_PAGE = 'docs/doctor.md';

const ROOT = join(import.meta.dirname, '..');

const PICTURED = picturedMods(ROOT, MODS);

/** A file of the repository that is made from the mods, or a part of it. */
export interface Generated {
  /** From the root of the repository. */
  readonly file: string;
  /** Puts the part into the file as it is; idempotent. @throws {Error} when its place is not there. */
  put(text: string, mods: readonly Mod[]): string;
}

/** All of them. `npm run generate` brings them up to date. */
export const GENERATED: readonly Generated[] = [
  { file: 'README.md', put: putTable },
  { file: 'config.example.yaml', put: putExample },
  {
    file: 'config.schema.json',
    put: (_, mods) => `${JSON.stringify(createJsonSchema(mods, CHANNELS), null, 2)}\n`,
  },
  { file: 'docs/openapi.json', put: () => `${JSON.stringify(writeOpenApi(), null, 2)}\n` },
  {
    file: `${GALLERY}/README.md`,
    put: (_, mods) => writeIndexPage(mods, PICTURED, modsInBrowser(ROOT, mods)),
  },
  { file: CLI_PAGE, put: writeCliPage },
  { file: DOCTOR_PAGE, put: putChecks },
  { file: NGINX_PAGE, put: (text) => putFrontTexts(putNginxTexts(text)) },
  { file: EXAMPLES_PAGE, put: putExamples },
  ...MODS.map((mod) => ({
    file: `${GALLERY}/${mod.name}.md`,
    put: () => writeModPage(mod, PICTURED.has(mod.name)),
  })),
];

function putChecks(page: string): string {
  const rows = Object.entries(CHECKS).map(([name, about]) => `| \`${name}\` | ${about} |\n`);
  return putMarked(DOCTOR_PAGE, page, 'checks', `| check | what it looks at |\n|---|---|\n${rows.join('')}`);
}

function putTable(markdown: string, mods: readonly Mod[]): string {
  const rows = mods.map(({ name, title }) => `| [\`${name}\`](${GALLERY}/${name}.md) | ${title} |\n`);
  return putMarked('README.md', markdown, 'mods', `| mod | what it does |\n|---|---|\n${rows.join('')}`);
}

/** The mods are the last section; each stands there with its example, and behind a `#` unless it is on by itself. */
function putExample(yaml: string, mods: readonly Mod[]): string {
  const [head, ...behind] = yaml.split('\nmods:\n');
  if (behind.length !== 1)
    throw new Error('config.example.yaml: put one line "mods:" before its last section');
  return `${head}\nmods:\n${[...comment(ABOUT_MODS, '  '), ...EXAMPLE_OF_WHEN.map((line) => `  # ${line}`), '', ...mods.flatMap(exampleOf)].join('\n')}\n`;
}

const ABOUT_MODS =
  'A mod may say when it is on, and be there several times, as a list. when takes network (home, outside, or ranges), client ' +
  '(browser, android, ios, tv), language, from, until, weekday, timeZone, person (signed-in, administrator, signed-out) and ' +
  'preview; all that are named must hold. Below, every mod with an example; `gatehouse mods` says what each of its options is.';

function exampleOf({ name, title, defaults, options, example }: Mod): string[] {
  if (defaults !== undefined) {
    const words = `${title}. ${defaults.description}`;
    return [
      ...comment(words, '  '),
      `  ${name}:`,
      ...fieldsIn(example, describeSchema(options), '    ', false),
    ];
  }
  const written = stringify({ [name]: example }, { lineWidth: 0 }).trimEnd();
  const lines = written.split('\n').map((line) => line.replace(/^ */, (indent) => `  ${indent}#`));
  return [...comment(`${title}.`, '  '), ...lines];
}

/** One line a field, what it is for above it; what may be left out and has no such default stands behind a `#`. */
function fieldsIn(example: unknown, schema: JsonSchema, indent: string, isOff: boolean): string[] {
  return Object.entries(Object(example)).flatMap(([name, value]) => {
    const field = schema.properties?.[name] ?? {};
    const isNeeded = schema.required?.includes(name) === true || isDeepStrictEqual(field.default, value);
    const sign = isOff || !isNeeded ? '#' : '';
    const head = comment(field.description ?? '', indent);
    const { items } = field;
    // A list of plain values is written as one; of groups each field is shown with its words.
    if (!Array.isArray(value) || items === undefined || value.some((entry) => typeof entry !== 'object')) {
      const written = stringify({ [name]: value }, { lineWidth: 0 })
        .trimEnd()
        .split('\n');
      return [...head, ...written.map((line) => line.replace(/^ */, (inner) => `${indent}${inner}${sign}`))];
    }
    const entries = value.flatMap((entry) => {
      const lines = fieldsIn(entry, items, `${indent}    `, sign !== '');
      const first = lines.findIndex((line) => !line.trimStart().startsWith('# '));
      return lines.map((line, index) => {
        if (index > first) return line;
        const words = line.trimStart();
        return `${indent}  ${index === first ? words.replace(/^#?/, `${sign}- `) : words}`;
      });
    });
    return [...head, `${indent}${sign}${name}:`, ...entries];
  });
}

/** Words as lines of a comment, broken before column 120. */
function comment(words: string, indent: string): string[] {
  const lines = [''];
  for (const word of words.split(' ')) {
    const last = lines.at(-1) ?? '';
    if (`${indent}# ${last} ${word}`.length <= 120) lines.splice(-1, 1, `${last} ${word}`.trimStart());
    else lines.push(word);
  }
  return lines.map((line) => `${indent}# ${line}`);
}

if (import.meta.main) {
  mkdirSync(join(ROOT, GALLERY), { recursive: true });
  for (const stale of findStalePages(ROOT, MODS)) rmSync(join(ROOT, stale));
  for (const { file, put } of GENERATED) {
    const path = join(ROOT, file);
    writeFileSync(path, put(existsSync(path) ? readFileSync(path, 'utf8') : '', MODS));
  }
  const missing = visualMods(ROOT, MODS).filter((name) => !PICTURED.has(name));
  if (missing.length > 0)
    process.stdout.write(
      `No picture yet of ${missing.join(', ')}; make them: npm run screenshots -- --mods\n`,
    );
}
