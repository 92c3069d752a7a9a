import { createPatch } from 'diff';
import { readClientFiles } from '../jellyfin/client-files.ts';
import { JSON_DOCUMENTS, type JsonDocument } from '../jellyfin/routes.ts';
import { PLUGIN_ENTRY } from '../jellyfin/web-client.ts';
import type { Plan } from '../kit/plan.ts';
import { findManifest } from '../rewrite/manifest-address.ts';
import { type RewriteJob, rewriteFile } from '../rewrite/rewrite-file.ts';
import type { Upstream } from '../upstream/upstream.ts';
import { replacedPieces } from './replaced-text.ts';

/** What mods make of a file of Jellyfin's. */
export interface ChangedFile {
  /** Path below Jellyfin's address, e.g. `/web/index.html`. */
  readonly path: string;
  /** What each changes in what the ones before made of it, in the order in which they run; empty when it stays as it is. */
  readonly changes: readonly {
    /** Id of the entry; undefined for what Gatehouse itself adds, which is shown first. */
    readonly mod: string | undefined;
    /**
     * Unified diff with three lines around each change, of the file broken into lines; where text is replaced, each place
     * with a little on both sides.
     */
    readonly diff: string;
  }[];
}

/**
 * Asks Jellyfin for each file that mods may change, and shows what they make of it, by the code that does so for browsers.
 * Of the client's other files only those are named in which text is replaced.
 *
 * @param extras What the engine itself adds: address of our script, and of the stylesheet.
 * @throws {Error} when Jellyfin cannot be reached.
 */
export async function findChangedFiles(
  plan: Plan,
  upstream: Pick<Upstream, 'ask' | 'basePath'>,
  extras: { readonly scriptUrl?: string; readonly styleUrl?: string },
): Promise<ChangedFile[]> {
  const ask = (path: string) =>
    upstream.ask({ path: upstream.basePath + path, headers: { 'accept-encoding': 'identity' } });
  const page = await ask('/web/index.html');
  const manifest = findManifest(page.body.toString('latin1'));
  const paths: ['page' | JsonDocument, string][] = [
    ['page', '/web/index.html'],
    ['config', JSON_DOCUMENTS.config],
    ['branding', '/Branding/Configuration'],
    ...(manifest === undefined ? [] : [['manifest', manifest] as ['manifest', string]]),
  ];
  const files: ChangedFile[] = [];
  for (const [route, path] of paths) {
    const { status, body, headers } = route === 'page' ? page : await ask(path);
    if (status !== 200) continue;
    const plugin = extras.scriptUrl === undefined ? {} : { plugin: PLUGIN_ENTRY };
    const job = { route, bytes: body, contentType: headers['content-type'] ?? '', extras, ...plugin };
    files.push({ path, changes: changesBy(plan, job) });
  }
  if (plan.replacements.length === 0) return files;
  const replaced: ChangedFile[] = [];
  const note = async ({ name, bytes }: { readonly name: string; readonly bytes: Buffer }) => {
    const changes = await replacedPieces(name, bytes, plan.replacements);
    if (changes.length > 0) replaced.push({ path: `/web/${name}`, changes });
    return false;
  };
  await readClientFiles(upstream, note, true);
  return [...files, ...replaced];
}

/** One mod after the other, each beside those before it. */
function changesBy(plan: Plan, job: Omit<RewriteJob, 'without'>): ChangedFile['changes'] {
  const mods = plan.hooks.map(({ mod }) => mod);
  const withFirst = (count: number): Buffer | undefined =>
    rewriteFile(plan, { ...job, without: mods.slice(count) }, ignore, ignore);
  const changes: ChangedFile['changes'][number][] = [];
  let before = inLines(Buffer.from(job.bytes).toString(), job.route === 'page');
  for (const [count, mod] of [undefined, ...mods].entries()) {
    const made = withFirst(count);
    const after = made === undefined ? before : inLines(made.toString(), job.route === 'page');
    // Behind four lines that name the file.
    const diff = createPatch('', before, after, '', '').split('\n').slice(4).join('\n');
    if (after !== before) changes.push({ mod, diff });
    before = after;
  }
  return changes;
}

const ignore = (): void => undefined;

/** Breaks a minified file into lines that people can compare. */
function inLines(text: string, isPage: boolean): string {
  if (isPage)
    return `${text.replace(/></g, '>\n<').replace(/(<(?:script|style)\b[^<>]*>)(?=[^<])/g, '$1\n')}\n`;
  try {
    return `${JSON.stringify(JSON.parse(text.replace(/^\uFEFF/, '')), null, 2)}\n`;
  } catch {
    return text;
  }
}
