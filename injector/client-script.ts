import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ClientData } from './client/client-data.ts';
import { HTML_STRING_KEYS, OPENING_STRING_KEYS } from './jellyfin/strings.ts';
import { modNameOf } from './kit/entries.ts';
import type { OnModFailure } from './kit/mod-failures.ts';
import type { Plan } from './kit/plan.ts';
import { styleUrlOf } from './rewrite/rewritten-files.ts';

/** The one script that the browser loads before Jellyfin's own. */
export interface ClientScript {
  readonly source: string;
  /** Changes with the source; 22 characters, safe in a URL. */
  readonly hash: string;
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
  const data: ClientData = {
    strings: stringsOf(plan),
    defaults: Object.fromEntries(plan.defaults),
    styles: [...plan.personCss].map(([person, css]) => ({ person, url: styleUrlOf(css) })),
    mods,
  };
  const source = [
    '(function () {',
    runtime,
    // Parsed, not written as code: the key `__proto__` means nothing special to JSON.parse.
    `gatehouseRuntime.install(window, JSON.parse(${literal(JSON.stringify(data))}), {`,
    [...parts.values()].join(',\n'),
    settings === undefined ? '});' : `}, ${loaderOf(settings, 'gatehouseSettings')});`,
    '})();\n',
  ].join('\n');
  return { source, hash: createHash('sha256').update(source).digest('base64url').slice(0, 22) };
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
        translations,
      },
    ]),
  );
}

/** A string as JavaScript writes it, also safe between `<script>` tags and in engines before ES2019 (U+2028, U+2029). */
function literal(text: string): string {
  return JSON.stringify(text).replace(
    /[<>\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
