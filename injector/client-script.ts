import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ClientData } from './client/client-data.ts';
import { HTML_STRING_KEYS, OPENING_STRING_KEYS } from './jellyfin/strings.ts';
import { modNameOf } from './kit/entries.ts';
import type { OnModFailure } from './kit/mod-failures.ts';
import type { Plan } from './kit/plan.ts';
import type { Translations } from './kit/translations.ts';
import { type LanguageFile, type LanguagePacks, packLanguages, textsById } from './language-files.ts';
import { styleUrlOf } from './rewrite/rewritten-files.ts';

/** The one script that the browser loads before Jellyfin's own. */
export interface ClientScript {
  readonly source: string;
  /** Changes with the source; 22 characters, safe in a URL. */
  readonly hash: string;
  /** What it may ask for: the texts of each language but English. */
  readonly languages: readonly LanguageFile[];
}

/** What runs in the browser was not built, or its file is gone. */
export class ClientPartMissingError extends Error {
  readonly code = 'CLIENT_PART_MISSING';

  constructor(file: string, cause: unknown) {
    super(`${file} cannot be read; run "npm run build:web" to build what runs in the browser`, { cause });
    this.name = 'ClientPartMissingError';
  }
}

/**
 * Puts the runtime, the browser parts of the mods that are switched on, and their data into one classic script.
 *
 * @param input.folder Where `npm run build:web` put them: `dist/client`.
 * @returns undefined when no mod has anything to do in the browser.
 * Promises: a mod whose part cannot be read is left out and reported; in the browser each part stands alone, so that
 * one that throws is named in the console and harms no other. Data cannot end the script or the element it may stand in.
 * @throws {ClientPartMissingError} when the runtime itself is not there.
 */
export async function createClientScript(input: {
  readonly folder: string;
  readonly plan: Pick<Plan, 'strings' | 'client' | 'defaults' | 'personCss'>;
  readonly onFailure?: OnModFailure;
}): Promise<ClientScript | undefined> {
  const { folder, plan, onFailure } = input;
  if (!runsInBrowser(plan)) return undefined;
  const runtime = await readPart(join(folder, 'runtime.js'));
  const settings = plan.defaults.size === 0 ? undefined : await readPart(join(folder, 'settings.js'));
  const parts = new Map<string, string>();
  const mods: ClientData['mods'][number][] = [];
  for (const { name, options, person } of plan.client) {
    const part = modNameOf(name);
    try {
      const code = parts.has(part) ? undefined : await readPart(join(folder, `${part}.js`));
      if (code !== undefined)
        parts.set(part, `/* mod: ${part} */ ${literal(part)}: ${loaderOf(code, 'gatehousePart')}`);
      mods.push({ name, part, options, ...(person && { person }) });
    } catch (error) {
      onFailure?.({ mod: name, hook: 'client', error });
    }
  }
  const owners = ['runtime', ...parts.keys()];
  const texts = await Promise.all(owners.map((owner) => readTexts(folder, owner)));
  const packs = packLanguages(new Map([...texts.flat(), ...stringTexts(plan)]));
  const languages = packs && (await readPart(join(folder, 'languages.js')));
  const data: ClientData = {
    strings: stringsOf(plan),
    defaults: Object.fromEntries(plan.defaults),
    styles: [...plan.personCss].map(([person, css]) => ({ person, url: styleUrlOf(css) })),
    mods,
  };
  const source = [
    '(function () {',
    TEXTS_CODE,
    runtime,
    // Parsed, not written as code: the key `__proto__` means nothing special to JSON.parse.
    `var gatehouseData = JSON.parse(${literal(JSON.stringify(data))});`,
    'gatehouseRuntime.install(window, gatehouseData, {',
    [...parts.values()].join(',\n'),
    `}, ${settings === undefined ? 'undefined' : loaderOf(settings, 'gatehouseSettings')}, ${
      packs === undefined || languages === undefined ? 'undefined' : languagesCode(languages, packs)
    });`,
    '})();\n',
  ].join('\n');
  const hash = createHash('sha256').update(source).digest('base64url').slice(0, 22);
  return { source, hash, languages: packs?.files ?? [] };
}

/** What the parts call for their texts: one object a text, which languages are added to as they are loaded. */
const TEXTS_CODE =
  'var gatehouseTexts = {}; function gatehouseText(id, en) { ' +
  'var text = gatehouseTexts[id] = gatehouseTexts[id] || {}; text.en = en; return text; }';

const languagesCode = (code: string, { told }: LanguagePacks): string =>
  `function () { ${code}\nreturn gatehouseLanguages.createLanguages(window, JSON.parse(${literal(JSON.stringify(told))}), gatehouseTexts, gatehouseData.strings); }`;

/** Texts of what was built; none where it has no file of them. */
async function readTexts(folder: string, owner: string): Promise<[string, Translations][]> {
  const text = await readFile(join(folder, `${owner}.texts.json`), 'utf8').catch(() => '{}');
  return textsById(owner, JSON.parse(text) as { readonly [key: string]: Translations });
}

/** A function that runs the code of a file and gives what it exports. */
const loaderOf = (code: string, name: string): string => `function () { ${code}\nreturn ${name}; }`;

/** Whether anything of a plan runs in the browser. */
export function runsInBrowser(plan: Pick<Plan, 'strings' | 'client' | 'defaults' | 'personCss'>): boolean {
  return plan.client.length > 0 || [plan.strings, plan.defaults, plan.personCss].some(({ size }) => size > 0);
}

/** Code of a mod's part in the browser, as it was built; undefined where there is none. */
export async function readModPart(folder: string, id: string): Promise<string | undefined> {
  return await readFile(join(folder, `${modNameOf(id)}.js`), 'utf8').catch(() => undefined);
}

async function readPart(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new ClientPartMissingError(file, error);
  }
}

function stringsOf(plan: Pick<Plan, 'strings'>): ClientData['strings'] {
  return Object.fromEntries(
    [...plan.strings].map(([key, { translations, isElseTheirs }]) => [
      key,
      {
        isHtml: HTML_STRING_KEYS.includes(key),
        ...(OPENING_STRING_KEYS.includes(key) ? { isOpening: true } : {}),
        ...(isElseTheirs === true ? { isElseTheirs } : {}),
        translations: { en: translations.en },
      },
    ]),
  );
}

/** The texts of the client that are said differently, by id. */
function stringTexts({ strings }: Pick<Plan, 'strings'>): [string, Translations][] {
  return [...strings].map(([key, { translations }]) => [`.${key}`, translations]);
}

/** A string as JavaScript writes it, also safe between `<script>` tags and in engines before ES2019 (U+2028, U+2029). */
function literal(text: string): string {
  return JSON.stringify(text).replace(
    /[<>\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
