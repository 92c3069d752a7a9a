import type { Upstream } from '../upstream/upstream.ts';

/** What was found of the words that were looked for in the files of the web client. */
export interface WordsInClient {
  readonly found: ReadonlySet<string>;
  /** Whether every file that could hold them was read: what was not found is then not there. */
  readonly isComplete: boolean;
}

/** Most files that are read; the largest real client has some 1,050 besides its texts. */
const MAX_FILES = 2_000;
/** Most bytes that are read; the largest real client has 12 MB besides its texts. */
const MAX_BYTES = 64 * 1024 * 1024;
/** How many are asked for at once. */
const AT_ONCE = 4;
/** How long all of it may take, in milliseconds. */
const MAX_MS = 60_000;

/** What a page names: scripts and stylesheets. */
const NAMED = /\s(?:src|href)="?([\w.@~+%/-]{1,200}\.(?:js|css))(?:\?[0-9a-z]{0,64})?["\s>]/g;
/** An entry of the tables in which webpack keeps names and content hashes of chunks, by their number. */
const ENTRY = /(?:"?(\d{1,6})"?|"([\w.@/-]{1,120})"):"([\w.@/-]{1,120})"/g;
const HASH = /^[0-9a-f]{20}$/;

/**
 * Looks for words (class names, ids) in the files of the web client that runs: the page, the scripts and stylesheets it
 * names, and the chunks those name, until every word was found. Texts of languages are left out. Reads a few at a time,
 * anonymously, and ends after a minute; never throws.
 *
 * @param isEnough Ends the search before every word was found. @default never
 * Source: `webpack.common.js` of jellyfin-web 10.8.13 to 12.0 (`[name].[contenthash].chunk.js`); the tables stand in
 * `main.jellyfin.bundle.js` on 10.8 and in `runtime.bundle.js` later.
 */
export async function findWordsInClient(
  upstream: Pick<Upstream, 'ask' | 'basePath'>,
  words: Iterable<string>,
  isEnough: (found: ReadonlySet<string>) => boolean = () => false,
): Promise<WordsInClient> {
  const left = new Set(words);
  const found = new Set<string>();
  const deadline = performance.now() + MAX_MS;
  let bytes = 0;
  let isComplete = true;
  let isOver = false;

  async function read(file: string): Promise<string> {
    if (left.size === 0 || isOver) return '';
    if (bytes > MAX_BYTES || performance.now() > deadline) {
      isComplete = false;
      return '';
    }
    try {
      const path = `${upstream.basePath}/web/${file}`;
      const { status, body } = await upstream.ask({ path, headers: { 'accept-encoding': 'identity' } });
      // A chunk that a table names and nobody has built: 10.8's have some.
      if (status !== 200) return '';
      bytes += body.length;
      const text = body.toString('latin1');
      for (const word of left) {
        if (!text.includes(word)) continue;
        left.delete(word);
        found.add(word);
      }
      isOver = isEnough(found);
      return text;
    } catch {
      isComplete = false;
      return '';
    }
  }

  const page = await read('index.html');
  if (page === '' && left.size > 0 && !isOver) isComplete = false;
  const named = [...new Set([...page.matchAll(NAMED)].map(([, file = '']) => file))].slice(0, MAX_FILES);
  const scripts = await inTurn(named, AT_ONCE, read);
  const chunks = [...new Set(scripts.flatMap(chunksIn))].filter((file) => !named.includes(file));
  if (chunks.length > MAX_FILES) isComplete = false;
  // Those with names of pages hold most of what mods look for.
  chunks.sort((a, b) => Number(/^\d/.test(a)) - Number(/^\d/.test(b)));
  await inTurn(chunks.slice(0, MAX_FILES), AT_ONCE, read);
  return { found, isComplete };
}

/** File names of the chunks in the tables of a script, without those of languages. */
export function chunksIn(script: string): string[] {
  const names = new Map<string, string>();
  const hashes = new Map<string, string>();
  for (const [, number, word, value = ''] of script.matchAll(ENTRY)) {
    const id = number ?? word ?? '';
    if (HASH.test(value)) hashes.set(id, value);
    else if (number !== undefined) names.set(id, value);
  }
  return [...hashes].flatMap(([id, hash]) => {
    const name = names.get(id) ?? id;
    return /-json$/.test(name) ? [] : [`${name}.${hash}.chunk.js`];
  });
}

async function inTurn<T, R>(all: readonly T[], atOnce: number, run: (one: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let index = next++; index < all.length; index = next++) results[index] = await run(all[index] as T);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return results;
}
