import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { UpstreamFile, UpstreamFiles } from '../rewrite/upstream-files.ts';
import type { LateFile } from './page-loads.ts';

/** Who wants to know of pages on their way to a browser. */
export interface PageWatch {
  /**
   * @param isConfirmed True when Jellyfin has just said that this is the page.
   * @returns what to announce in the page.
   */
  served(headers: IncomingHttpHeaders, page: ServedPage, isConfirmed: boolean): readonly LateFile[];
}

/** A page as Jellyfin has it. */
export interface ServedPage {
  readonly original: UpstreamFile;
  readonly html: string;
}

/**
 * The same files, with a page that announces what scripts will ask for late, so that the browser need not wait for them to say so.
 * Its key changes with the list; every other file comes as it is.
 */
export function announceLateFiles(
  upstreamFiles: UpstreamFiles,
  basePath: string,
  watch: PageWatch,
): UpstreamFiles {
  const pages = new Set([`${basePath}/web/`, `${basePath}/web/index.html`]);
  const known = new WeakMap<
    UpstreamFile,
    { page: ServedPage; files: readonly LateFile[]; announcing: UpstreamFile }
  >();

  function announce(
    headers: IncomingHttpHeaders,
    original: UpstreamFile,
    isConfirmed: boolean,
  ): UpstreamFile {
    const before = known.get(original);
    // Latin-1 keeps every byte where it is, whatever the page's own charset.
    const page = before?.page ?? { original, html: original.bytes.toString('latin1') };
    const files = watch.served(headers, page, isConfirmed);
    if (before !== undefined && before.files === files) return before.announcing;
    const html = insertTags(page.html, files);
    const list = createHash('sha256').update(JSON.stringify(files)).digest('base64url');
    const announcing =
      html === undefined
        ? original
        : { ...original, bytes: Buffer.from(html, 'latin1'), key: `${original.key} ${list}` };
    known.set(original, { page, files, announcing });
    return announcing;
  }

  return {
    ...upstreamFiles,
    peek(path, headers) {
      const original = upstreamFiles.peek(path, headers);
      return original === undefined || !pages.has(path) ? original : announce(headers, original, false);
    },
    async get(path, headers) {
      const original = await upstreamFiles.get(path, headers);
      return original === undefined || !pages.has(path) ? original : announce(headers, original, true);
    },
  };
}

/** Undefined when there is nothing to announce, or no one place for it. */
function insertTags(html: string, files: readonly LateFile[]): string | undefined {
  const ends = [...html.matchAll(/<\/head\s*>/gi)];
  const place = ends[0]?.index;
  if (files.length === 0 || ends.length !== 1 || place === undefined) return undefined;
  return html.slice(0, place) + files.map(tagOf).join('') + html.slice(place);
}

/**
 * Behind what the page names itself: scripts that run early must not wait for those that run late. The mode must be that of the later request, else the file is fetched twice. Source: HTML, link type "preload". The
 * address is one that `readStaticTarget` let through, so nothing in it needs escaping; it is checked all the same.
 */
function tagOf({ as, href }: LateFile): string {
  if (!/^[\w.@~+%/?-]+$/.test(href)) return '';
  return `<link rel="preload" as="${as}" href="${href}" fetchpriority="low">`;
}
