import type { Upstream } from '../upstream/upstream.ts';

/** A file of the web client that runs. */
export interface ClientFile {
  /** Path below `/web/`. */
  readonly name: string;
  readonly bytes: Buffer;
}

/** Most files that are read; the largest real client has some 1,050 besides its texts, and 100 of these. */
const MAX_FILES = 2_000;
/** Most bytes that are read; the largest real client has 12 MB besides its texts, and as much of these. */
const MAX_BYTES = 64 * 1024 * 1024;
/** How many are asked for at once. */
const AT_ONCE = 4;
/** How long all of it may take, in milliseconds. */
const MAX_MS = 60_000;

/** What a page names: scripts and stylesheets. */
const NAMED = /\s(?:src|href)="?([\w.@~+%/-]{1,200}\.(?:js|css))(?:\?[0-9a-z]{0,64})?["\s>]/g;
/** The same, and files of texts. */
const NAMED_ANY = /\s(?:src|href)="?([\w.@~+%/-]{1,200}\.(?:js|css|json))(?:\?[0-9a-z]{0,64})?["\s>]/g;
/** A whole name in a script. */
const NAMED_IN_SCRIPT = /"([\w.@~+/-]{1,160}\.(?:js|css|json))"/g;
/**
 * An entry of the tables in which webpack keeps names and content hashes of chunks, by their number; or what it puts
 * behind the hash, at the end of the table.
 */
const ENTRY =
  /(?:"?(\d{1,6})"?|"([\w.@/-]{1,120})"):"([\w.@/-]{1,120})"|\}\[\w{1,9}\]\+"(\.chunk\.js|\.css)"/g;
const HASH = /^[0-9a-f]{20}$/;

/**
 * Reads the files of the web client that runs: the page, the scripts and stylesheets it names, and the chunks those name.
 * Reads a few at a time, anonymously, and ends after a minute.
 *
 * @param look Gets each file; true ends the reading. Must not throw.
 * @param isWhole Reads texts of languages, stylesheets of chunks and themes and JSON files, too, the texts last. @default false
 * @returns whether every file was read that could be, or `look` had enough. Never throws.
 * Source: `webpack.common.js` of jellyfin-web 10.8.13 to 12.0 (`[name].[contenthash].chunk.js`); the tables stand in
 * `main.jellyfin.bundle.js` on 10.8 and in `runtime.bundle.js` later. Themes: `themes` of `config.json`.
 */
export async function readClientFiles(
  upstream: Pick<Upstream, 'ask' | 'basePath'>,
  look: (file: ClientFile) => boolean | Promise<boolean>,
  isWhole = false,
): Promise<boolean> {
  const deadline = performance.now() + MAX_MS;
  let bytes = 0;
  let isComplete = true;
  let isOver = false;

  async function read(name: string): Promise<string> {
    if (isOver) return '';
    if (bytes > MAX_BYTES || performance.now() > deadline) {
      isComplete = false;
      return '';
    }
    try {
      const path = `${upstream.basePath}/web/${name}`;
      const { status, body } = await upstream.ask({ path, headers: { 'accept-encoding': 'identity' } });
      // A chunk that a table names and nobody has built: 10.8's have some.
      if (status !== 200) return '';
      bytes += body.length;
      if (await look({ name, bytes: body })) isOver = true;
      return body.toString('latin1');
    } catch {
      isComplete = false;
      return '';
    }
  }

  const page = await read('index.html');
  if (page === '' && !isOver) isComplete = false;
  const named = namesIn(page, isWhole ? NAMED_ANY : NAMED).slice(0, MAX_FILES);
  const scripts = await mapAtOnce(named, AT_ONCE, read);
  const whole = isWhole
    ? [...scripts.flatMap((script) => namesIn(script, NAMED_IN_SCRIPT)), ...(await themes())]
    : [];
  const all = [...scripts.flatMap((script) => chunksIn(script, isWhole)), ...whole];
  const chunks = [...new Set(all)].filter((file) => !named.includes(file) && isBelow(file));
  if (chunks.length > MAX_FILES) isComplete = false;
  // Those with names of pages hold most of what mods look for.
  chunks.sort((a, b) => rankOf(a) - rankOf(b));
  await mapAtOnce(chunks.slice(0, MAX_FILES), AT_ONCE, read);
  return isOver || isComplete;

  async function themes(): Promise<string[]> {
    try {
      const path = `${upstream.basePath}/web/config.json`;
      const { body } = await upstream.ask({ path, headers: { 'accept-encoding': 'identity' } });
      const ids = [...body.toString('latin1').matchAll(/"id"\s{0,9}:\s{0,9}"([\w-]{1,60})"/g)];
      return ids.map(([, id]) => `themes/${id}/theme.css`);
    } catch {
      return [];
    }
  }
}

function namesIn(text: string, pattern: RegExp): string[] {
  return [...new Set([...text.matchAll(pattern)].map(([, file = '']) => file))];
}

/** A name that leads out of the folder is none of the client's; `config.json` is no file that is kept. */
function isBelow(file: string): boolean {
  return !file.startsWith('/') && !file.includes('..') && file !== 'config.json';
}

function rankOf(file: string): number {
  if (isOfLanguage(file)) return 2;
  return /^\d/.test(file) ? 1 : 0;
}

/** Up to 10.8 they have numbers for names, as others have. */
function isOfLanguage(file: string): boolean {
  return /^[\w@-]{1,40}-json\./.test(file);
}

/**
 * File names of the chunks in the tables of a script.
 *
 * @param isWhole Also those of languages, and stylesheets. @default false
 */
export function chunksIn(script: string, isWhole = false): string[] {
  const files: string[] = [];
  let names = new Map<string, string>();
  let hashes = new Map<string, string>();
  const endTable = (ending: string): void => {
    for (const [id, hash] of hashes) files.push(`${names.get(id) ?? id}.${hash}${ending}`);
    names = new Map();
    hashes = new Map();
  };
  for (const [, number, word, value = '', ending] of script.matchAll(ENTRY)) {
    const id = number ?? word ?? '';
    if (ending !== undefined) endTable(ending);
    else if (HASH.test(value)) hashes.set(id, value);
    else if (number !== undefined) names.set(id, value);
  }
  endTable('.chunk.js');
  return isWhole ? files : files.filter((file) => file.endsWith('.js') && !isOfLanguage(file));
}

/** Runs for each, so many at the same time. */
async function mapAtOnce<T, R>(all: readonly T[], atOnce: number, run: (one: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let index = next++; index < all.length; index = next++) results[index] = await run(all[index] as T);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return results;
}
