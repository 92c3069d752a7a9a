import { JSON_DOCUMENTS, type JsonDocument } from '../../../injector/jellyfin/routes.ts';
import type { Mod } from '../../../injector/kit/define-mod.ts';
import {
  type FileRef,
  type FolderKind,
  filesIn,
  isFolderKind,
  keyOf,
  type ServedFile,
  type ServedFiles,
} from '../../../injector/kit/file-option.ts';
import { createPlan, type Plan } from '../../../injector/kit/plan.ts';
import { rewriteFile } from '../../../injector/rewrite/rewrite-file.ts';

/** A failure is a failed test here. */
function fail({ mod, hook, error }: { mod: string; hook: string; error: unknown }): never {
  throw new Error(`${mod} ${hook}`, { cause: error });
}

/** The plan of some mods with the options an admin wrote, in the order given; files they name are made up by `servedFor`. */
export function planOf(mods: readonly { readonly mod: Mod; readonly options: unknown }[]): Plan {
  const enabled = Object.fromEntries(mods.map(({ mod, options }) => [mod.name, mod.options.parse(options)]));
  return createPlan({
    mods: mods.map(({ mod }) => mod),
    enabled,
    files: servedFor(enabled),
    jellyfinVersion: { major: 10, minor: 11, patch: 11 },
    onFailure: fail,
  });
}

/** Made-up files for the options of mods: each is served under its own name, without what is special in an address. */
export function servedFor(enabled: unknown): ServedFiles {
  return Object.fromEntries(filesIn(enabled).map((file) => [keyOf(file), servedAs(file)]));
}

/** Sizes that one picture comes in; `ico` is a favicon of several. */
const ICON_NAMES = ['16', '32', '48', '72', '114', '144', '180', '192', '512', 'ico'];

const IN_FOLDER: { readonly [kind in FolderKind]: readonly string[] } = {
  fonts: ['Inter-Bold.woff2', 'Inter-Regular.woff2'],
  pictures: ['night_owl.png', 'red-fox.webp'],
};

function servedAs({ kind, from }: FileRef): ServedFile {
  const href = `../gatehouse/mods/${from.replace(/[^\w.-]+/g, '_')}`;
  if (kind === 'icons')
    return { href: '', entries: ICON_NAMES.map((name) => ({ name, href: `${href}-${name}` })) };
  if (isFolderKind(kind))
    return { href: '', entries: IN_FOLDER[kind].map((name) => ({ name, href: `${href}-${name}` })) };
  return kind === 'picture' ? { href } : { href, text: `/* ${from.replace(/[^\w.-]+/g, '_')} */` };
}

/** What a plan makes of the page, without the addresses of our own script and stylesheet. */
export function applyToPage(plan: Plan, html: string): string {
  return apply(plan, 'page', html, 'text/html; charset=utf-8');
}

/** What a plan makes of one of Jellyfin's JSON documents. */
export function applyToJson(plan: Plan, document: JsonDocument, text: string): string {
  return apply(plan, document, text, 'application/json');
}

function apply(plan: Plan, route: 'page' | JsonDocument, text: string, contentType: string): string {
  const job = { route, bytes: Buffer.from(text), contentType, extras: {}, without: [] };
  const bytes = rewriteFile(plan, job, () => undefined, fail);
  if (bytes === undefined)
    throw new Error(`${route === 'page' ? 'the page' : JSON_DOCUMENTS[route]} stays as it is`);
  return bytes.toString();
}

/** The texts of a plan by key, without their owners. */
export function stringsOf(plan: Plan): Record<string, unknown> {
  return Object.fromEntries([...plan.strings].map(([key, { translations }]) => [key, translations]));
}
