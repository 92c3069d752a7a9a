import type { IncomingHttpHeaders } from 'node:http';
import type { UpstreamFile, UpstreamFiles } from './upstream-files.ts';

/** Knows which file is the manifest of the web client: the one its page names, whatever that is called. */
export interface ManifestAddress {
  /**
   * @param path Canonical path below the base URL.
   * @throws {Error} when Jellyfin cannot be reached.
   */
  isManifest(path: string, headers: IncomingHttpHeaders): Promise<boolean>;
}

/** The page is one of these; the link stands in the first 1,000 bytes of every version. */
const MAX_SEARCHED_CHARACTERS = 64 * 1024;

/** @param pagePath Path of `index.html`, base URL included. */
export function createManifestAddress(upstreamFiles: UpstreamFiles, pagePath: string): ManifestAddress {
  const found = new WeakMap<UpstreamFile, string | undefined>();
  return {
    async isManifest(path, headers) {
      const page = upstreamFiles.peek(pagePath, headers) ?? (await upstreamFiles.get(pagePath, headers));
      if (page === undefined) return false;
      if (!found.has(page)) found.set(page, findManifest(page.bytes.toString('latin1')));
      return found.get(page) === path;
    },
  };
}

/** Canonical path that `<link rel="manifest">` of a page at `/web/index.html` leads to. */
export function findManifest(html: string): string | undefined {
  for (const [tag] of html.slice(0, MAX_SEARCHED_CHARACTERS).matchAll(/<link\b[^<>]*>/gi)) {
    if (!/\brel\s*=\s*["']?manifest["'\s>]/i.test(tag)) continue;
    const href = /\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/i.exec(tag);
    const target = href?.[1] ?? href?.[2] ?? href?.[3];
    const url = target === undefined ? null : URL.parse(target, 'http://page/web/index.html');
    if (url?.host === 'page') return url.pathname.toLowerCase();
  }
  return undefined;
}
