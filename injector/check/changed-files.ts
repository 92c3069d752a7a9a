import { createPatch } from 'diff';
import { JSON_DOCUMENTS, type JsonDocument } from '../jellyfin/routes.ts';
import { PLUGIN_ENTRY } from '../jellyfin/web-client.ts';
import type { Plan } from '../kit/plan.ts';
import { findManifest } from '../rewrite/manifest-address.ts';
import { rewriteFile } from '../rewrite/rewrite-file.ts';
import type { Upstream } from '../upstream/upstream.ts';

/** What mods make of a file of Jellyfin's. */
export interface ChangedFile {
  /** Path below Jellyfin's address, e.g. `/web/index.html`. */
  readonly path: string;
  /** Unified diff with three lines around each change, of the file broken into lines; empty when it stays as it is. */
  readonly diff: string;
}

/**
 * Asks Jellyfin for each file that mods may change, and shows what they make of it, by the code that does so for browsers.
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
    const job = {
      ...{ route, bytes: body, contentType: headers['content-type'] ?? '', without: [], extras },
      ...plugin,
    };
    const changed =
      rewriteFile(
        plan,
        job,
        () => undefined,
        () => undefined,
      ) ?? body;
    const [before, after] = [body, changed].map((bytes) => inLines(bytes.toString(), route === 'page'));
    const diff = before === after ? '' : createPatch(path.slice(1), before ?? '', after ?? '', '', '');
    files.push({ path, diff: diff.split('\n').slice(2).join('\n') });
  }
  return files;
}

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
