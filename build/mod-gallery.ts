import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { whenOption } from '../injector/kit/conditions.ts';
import { findReplacers } from '../injector/kit/conflicts.ts';
import type { Mod } from '../injector/kit/define-mod.ts';
import { describeSchema } from '../server/config/json-schema.ts';
import { CLIENT_LIMITS } from './client-sizes.ts';
import { optionCells, plain, table } from './option-table.ts';

/** Folder of the pages about mods, from the root of the repository. */
export const GALLERY = 'docs/mods';

/** Lines of YAML below `mods:` that switch one mod on twice, each time for somebody else. */
export const EXAMPLE_OF_WHEN = [
  'login-notice:',
  '  - { text: Welcome home, when: { network: home } }',
  '  - { text: Closed for repairs, when: { from: 2026-12-06, until: 2026-12-07, language: [en, de] } }',
];

/** File of the picture without and with a mod, from {@link GALLERY}; `npm run screenshots` makes it. */
export const pictureOf = (name: string): string => `pictures/${name}.webp`;

/** Names of the mods of which the gallery has a picture. */
export function picturedMods(root: string, mods: readonly Mod[]): ReadonlySet<string> {
  const has = (name: string) => existsSync(join(root, GALLERY, pictureOf(name)));
  return new Set(mods.map(({ name }) => name).filter(has));
}

/** Names of the mods that say by a `picture.json` how their picture is made. */
export const visualMods = (root: string, mods: readonly Mod[]): string[] =>
  modsWith('picture.json', root, mods);

/** Names of the mods that have a part in the browser. */
export const modsInBrowser = (root: string, mods: readonly Mod[]): string[] =>
  modsWith('mod.client.ts', root, mods);

function modsWith(file: string, root: string, mods: readonly Mod[]): string[] {
  const names = mods.map(({ name }) => name);
  return names.filter((name) => existsSync(join(root, 'injector/mods', name, file)));
}

/** Pages and pictures in the gallery of mods that there are no longer, as paths from the root. */
export function findStalePages(root: string, mods: readonly Mod[]): string[] {
  if (!existsSync(join(root, GALLERY))) return [];
  const wanted = new Set(['README.md', ...mods.flatMap(({ name }) => [`${name}.md`, pictureOf(name)])]);
  return readdirSync(join(root, GALLERY), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(root, GALLERY).length + 1))
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => !wanted.has(file))
    .map((file) => `${GALLERY}/${file}`)
    .toSorted();
}

/**
 * Writes the page that lists all mods and says what they have in common, as Markdown.
 *
 * @param pictured Names of those that have a picture.
 * @param inBrowser Names of those that have a part in the browser.
 */
export function writeIndexPage(
  mods: readonly Mod[],
  pictured: ReadonlySet<string>,
  inBrowser: readonly string[],
): string {
  const rows = mods.map(({ name, title }) => {
    const page = `${name}.md`;
    const picture = pictured.has(name) ? `[![${altOf(name)}](${pictureOf(name)})](${page})` : '';
    return `| [\`${name}\`](${page}) | ${plain(title)} | ${picture} |`;
  });
  return `<!-- Made by npm run generate from injector/mods/. -->

# Mods

A mod is one change of Jellyfin's web client. It is off until \`config.yaml\` names it below \`mods:\`, but for those whose page says
otherwise; \`true\` in place of options takes what its page gives as defaults, \`false\` switches it off. The file is read again
when it changes, and people see the change at the next load. What two mods cannot both have, \`gatehouse check\` names.

Where there is a picture, its left half is Jellyfin as it is, and the right one has the mod. \`npm run demo -- --mod NAME\` starts the demo with one on.

| mod | what it does | without it, and with it |
|---|---|---|
${rows.join('\n')}

## When a mod is on

Every mod but those that change the client's own scripts takes \`when\` beside its own options: it is on where all parts that are named hold. A mod may also be there several
times, as a list, each entry with options and a \`when\` of its own:

${yamlBlock(['mods:', ...EXAMPLE_OF_WHEN.map((line) => `  ${line}`)].join('\n'))}

${table(optionCells(describeSchema(whenOption), 'part of `when`'))}

## What browsers load for it

Besides one stylesheet, the files that options name and what stands in the page itself, one script that all mods share: at most
${kilobytes(CLIENT_LIMITS.runtime)} compressed, and at most ${kilobytes(CLIENT_LIMITS.part)} more for each mod that is on and has a part in the browser. Those are:
${inBrowser.map((name) => `\`${name}\``).join(', ')}. \`npm run build:web\` says how large each is.

## To compare, and to try something first

Words behind the client's address, before its \`#\`, change what this one tab gets; nobody else notices.

- \`…/web/index.html?gatehouse=off\` is Jellyfin as it is, with no mod at all.
- \`…/web/index.html?gatehouse=preview\` also has the entries with \`when: { preview: true }\`, which no other tab has. Everybody who
  knows the words may use them: they hide nothing.

## Whether a mod fits the Jellyfin that runs

\`gatehouse check\` asks the running Jellyfin whether each mod finds what it changes, and \`gatehouse check --diff\` shows what each changes in which
file; after an update of Jellyfin the log and the health page name a mod that finds it no more. The client is served without it.

## Pictures, fonts, styles and scripts

are a path beside \`config.yaml\`, or an address: Gatehouse fetches it once, checks it and serves it itself, so that no browser talks to a
third party, and what changes there does not change here until \`gatehouse mods update\`. Where one of several cannot be had, the others and
the rules are in force; health, \`gatehouse check\` and \`gatehouse doctor\` name it.

## What was changed by hand before

\`gatehouse mods suggest\` reads the custom CSS and the login disclaimer of Jellyfin, and with \`--web /usr/share/jellyfin/web\` a patched web
folder, and prints the lines of \`config.yaml\` that do the same. It changes nothing, and names what it does not recognise.

## One of your own

needs no program: \`gatehouse mods new NAME\` makes a folder in \`mods/\` beside \`config.yaml\`, whose \`mod.yaml\` says what it changes:
[a mod of your own](../data-mods.md). \`gatehouse mods add FOLDER|FILE.tgz|ADDRESS\` shows where somebody else's is from and what it changes before
it takes it, and \`gatehouse mods\` lists all and which are on. [How to write one that Gatehouse comes with](../../injector/mods/README.md): one folder.
`;
}

/** What is said of one mod, wherever it is shown. */
export interface ModFacts {
  readonly versions: string;
  /** When it is on. */
  readonly isOn: string;
  /** Lines of `config.yaml` to copy. */
  readonly example: string;
  /** Its options as cells, below a row of headings. */
  readonly options: readonly (readonly string[])[];
}

/** Reads it off the mod; texts are Markdown of one line each, with code and nothing else in it, but for the example. */
export function readModFacts(mod: Mod): ModFacts {
  const { name, defaults, example } = mod;
  const isTakenByTrue = mod.options.safeParse({}).success;
  const off = `It is off until \`config.yaml\` names it.${isTakenByTrue ? ` \`${name}: true\` takes the defaults below.` : ''}`;
  return {
    versions: versionsOf(mod),
    isOn: defaults === undefined ? off : defaults.description,
    example: stringify({ mods: { [name]: example } }, { lineWidth: 0 }).trimEnd(),
    options: optionCells(describeSchema(mod.options), 'option'),
  };
}

/**
 * Writes the page of one mod, as Markdown.
 *
 * @param isPictured Whether it has a picture.
 */
export function writeModPage(mod: Mod, isPictured: boolean): string {
  const { name, title } = mod;
  const { versions, isOn, example, options } = readModFacts(mod);
  const parts = [
    `<!-- Made by npm run generate from injector/mods/${name}/. -->`,
    `# ${plain(title)}`,
    `\`${name}\`, for Jellyfin ${versions}. [All mods](README.md)`,
    ...(isPictured ? [`![${altOf(name)}](${pictureOf(name)})`] : []),
    isOn,
    yamlBlock(example),
    '## Options',
    table(options),
    takesWhen(mod)
      ? 'And [`when`](README.md#when-a-mod-is-on), as every mod.'
      : 'It changes files that everybody shares, so it takes no [`when`](README.md#when-a-mod-is-on).',
  ];
  return `${parts.join('\n\n')}\n`;
}

const takesWhen = (mod: Mod): boolean =>
  findReplacers({ mods: [mod], enabled: { [mod.name]: mod.options.parse(mod.example) } }).length === 0;

const kilobytes = (bytes: number): string => `${bytes / 1024} kB`;

const altOf = (name: string): string => `Left: Jellyfin as it is. Right: with ${name}.`;

const yamlBlock = (yaml: string): string => `\`\`\`yaml\n${yaml.trimEnd()}\n\`\`\``;

function versionsOf({ jellyfin }: Mod): string {
  const [, from, to] = /^>=([\d.]+) <([\d.]+)$/.exec(jellyfin) ?? [];
  return from === undefined ? `\`${jellyfin}\`` : `${from} and newer, below ${to}`;
}
