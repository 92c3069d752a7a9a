import type { JsonDocument } from '../jellyfin/routes.ts';
import type { JsonChange, MenuLink } from '../kit/define-mod.ts';
import type { OnModFailure } from '../kit/mod-failures.ts';
import type { FileChanges, OwnedChange } from '../kit/plan.ts';
import { type PageExtras, rewritePage } from './page.ts';

/** What is rewritten by mods; the service worker is not. */
export type ModdedRoute = 'page' | JsonDocument;

/** A file to be rewritten, as data. */
export interface RewriteJob {
  readonly route: ModdedRoute;
  readonly bytes: Uint8Array;
  /** Of the original; tells its charset. */
  readonly contentType: string;
  /** What the engine itself puts into the page. */
  readonly extras: PageExtras;
  /** What the engine itself adds to `plugins` of `config.json`; absent when nothing runs in the browser. */
  readonly plugin?: string;
  /** Mods that take no part this time. */
  readonly without: readonly string[];
}

/** Told before a mod's hook runs, and without arguments after it. */
export type OnProgress = (mod?: string, hook?: string) => void;

/** Largest that a file may become, in characters; the engine takes a mod that makes more for broken. */
export const MAX_RESULT_CHARACTERS = 32 * 1024 * 1024;

/**
 * Rewrites one file, in this process and on this thread.
 *
 * @returns undefined when the file stays as it is: it cannot be decoded for sure, or is not what it should be.
 * Promises: a hook that throws, gives a promise, or makes the file too large is left out and reported.
 */
export function rewriteFile(
  changes: FileChanges,
  job: RewriteJob,
  onProgress: OnProgress,
  onFailure: OnModFailure,
): Buffer | undefined {
  const decoded = decodeSurely(job.bytes, job.contentType, job.route === 'page');
  if (decoded === undefined) return undefined;
  const watched = watchHooks(changes, job, onProgress);
  let rewritten =
    job.route === 'page'
      ? rewritePage(decoded.text, watched, job.extras, onFailure)
      : rewriteJson(decoded.text, watched.jsonChanges.get(job.route) ?? new Map(), onFailure);
  if (job.route === 'config' && rewritten !== undefined)
    rewritten = rewriteJson(rewritten, engineChanges(watched.menuLinks, job.plugin), onFailure);
  return rewritten === undefined ? undefined : Buffer.from(decoded.mark + rewritten);
}

/** The changes without those of mods that take no part, each hook telling when it begins and being held to its limits. */
function watchHooks(all: FileChanges, job: RewriteJob, onProgress: OnProgress): FileChanges {
  const takesPart = ({ mod }: { readonly mod: string }): boolean => !job.without.includes(mod);
  const watch = <T>(mod: string, hook: string, run: () => T, sizeOf: (result: T) => number): T => {
    onProgress(mod, hook);
    const result = run();
    if (result instanceof Promise) {
      // It would be unhandled in a process that lives on.
      result.catch(() => undefined);
      throw new TypeError('a hook must be done when it returns; this one gave a promise');
    }
    // Before the hook counts as over, so that a text too large to be written falls back on who made it.
    if (sizeOf(result) > MAX_RESULT_CHARACTERS) throw new RangeError('the hook made the file too large');
    onProgress();
    return result;
  };
  const changes = new Map<string, readonly OwnedChange[]>();
  for (const [key, owned] of all.jsonChanges.get(job.route as never) ?? []) {
    const watched = owned.filter(takesPart).map(({ mod, change }): OwnedChange => {
      const sizeOf = (result: unknown): number => (JSON.stringify(result) ?? '').length;
      return { mod, change: (value) => watch(mod, `json ${key}`, () => change(value), sizeOf) };
    });
    changes.set(key, watched);
  }
  return {
    tags: all.tags.filter(takesPart),
    menuLinks: all.menuLinks.filter(takesPart),
    htmlHooks: all.htmlHooks.filter(takesPart).map(({ mod, run }) => ({
      mod,
      run: (page) =>
        watch(
          mod,
          'html',
          () => run(page),
          () => page.html().length,
        ),
    })),
    jsonChanges: job.route === 'page' ? new Map() : new Map([[job.route, changes]]),
  };
}

/**
 * What the engine itself changes in `config.json`, after the mods: it adds their links to the menu, and our plugin to those
 * that Jellyfin's plugin manager loads. A mod that fails there takes no other mod's part in the browser along.
 */
function engineChanges(
  links: FileChanges['menuLinks'],
  plugin: string | undefined,
): ReadonlyMap<string, readonly OwnedChange[]> {
  const addPlugin: JsonChange = (plugins) => {
    if (!Array.isArray(plugins)) return [plugin];
    return plugins.includes(plugin) ? plugins : [...plugins, plugin];
  };
  const addLinks: JsonChange = (present) => {
    const kept: unknown[] = Array.isArray(present) ? present : [];
    const wanted = links.map(({ link }) => link);
    return [...kept, ...wanted.filter((link) => !kept.some((one) => isSameLink(one, link)))];
  };
  return new Map([
    ...(plugin === undefined ? [] : [['plugins', [{ mod: 'gatehouse', change: addPlugin }]] as const]),
    ...(links.length === 0 ? [] : [['menuLinks', [{ mod: 'gatehouse', change: addLinks }]] as const]),
  ]);
}

function isSameLink(one: unknown, { name, url }: MenuLink): boolean {
  if (typeof one !== 'object' || one === null) return false;
  return (one as Partial<MenuLink>).name === name && (one as Partial<MenuLink>).url === url;
}

/**
 * Rewrites top-level values of a JSON object. Keys are found as Jellyfin spelled them, also when the client asked for
 * camelCase; a missing key is added in the document's own case. A change that throws leaves its value as it was and is reported.
 *
 * @returns undefined when the text is not a JSON object: the caller then serves the original bytes.
 */
export function rewriteJson(
  text: string,
  changes: ReadonlyMap<string, readonly OwnedChange[]>,
  onFailure: OnModFailure,
): string | undefined {
  let document: unknown;
  try {
    document = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
  if (typeof document !== 'object' || document === null || Array.isArray(document)) return undefined;
  const copy: Record<string, unknown> = { ...document };
  const isCamelCase = Object.keys(copy).length > 0 && Object.keys(copy).every((name) => /^[a-z]/.test(name));
  for (const [key, owned] of changes) {
    const spelled =
      Object.keys(copy).find((name) => name.toLowerCase() === key.toLowerCase()) ??
      (isCamelCase ? key.replace(/^[A-Z]/, (letter) => letter.toLowerCase()) : key);
    for (const { mod, change } of owned) {
      try {
        const value = change(copy[spelled]);
        if (value !== undefined || spelled in copy) copy[spelled] = value;
      } catch (error) {
        onFailure({ mod, hook: `json ${key}`, error });
      }
    }
  }
  return JSON.stringify(copy);
}

/** A file's text, decoded without a doubt. */
export interface SureText {
  readonly text: string;
  /** The byte order mark it began with, or nothing; belongs before the rewritten text again. */
  readonly mark: '' | '\uFEFF';
}

/** How far browsers look for `<meta charset>`, in bytes. Source: WHATWG HTML, "prescan a byte stream". */
const PRESCAN_BYTES = 1024;

/**
 * Decodes a file, if there is no doubt that everybody else decodes it the same way: it is UTF-8 by its bytes, and
 * nothing (Content-Type, byte order mark, `<meta>`) says otherwise. A page with letters beyond ASCII must say UTF-8
 * itself, since browsers guess.
 *
 * @param isPage True for HTML; scripts, JSON and manifests are UTF-8 unless their Content-Type says otherwise.
 * @returns undefined when there is doubt: the file is then served as it is.
 */
export function decodeSurely(bytes: Uint8Array, contentType: string, isPage: boolean): SureText | undefined {
  const declared = /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(contentType)?.[1];
  if (declared !== undefined && !isUtf8Name(declared)) return undefined;
  // Half of UTF-16 looks like valid UTF-8; no text of ours has a NUL.
  if (bytes.includes(0)) return undefined;
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
  const isMarked = text.startsWith('\uFEFF');
  if (isPage && declared === undefined && !isMarked) {
    const meta = /<meta\b[^<>]*\bcharset\s*=\s*(?:["']\s*)?([^\s"'/>;]+)/i.exec(
      text.slice(0, PRESCAN_BYTES),
    )?.[1];
    const isAscii = text.length === bytes.length;
    if (meta === undefined ? !isAscii : !isUtf8Name(meta)) return undefined;
  }
  return isMarked ? { text: text.slice(1), mark: '\uFEFF' } : { text, mark: '' };
}

function isUtf8Name(name: string): boolean {
  return /^utf-?8$/i.test(name);
}
