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
  /** Resolves when a page may go out; never rejects. */
  confirm(page: ServedPage): Promise<void>;
  /** The page under better addresses of its files. */
  name(html: string): string;
  /** Changes when `name` may give another text. */
  version(): number;
}

/** A page as Jellyfin has it. */
export interface ServedPage {
  readonly original: UpstreamFile;
  readonly html: string;
}

/**
 * The same files, with a page that announces what scripts will ask for late, so that the browser need not wait for them to say so,
 * and that names its files by their bytes. Its key changes with that; every other file comes as it is.
 */
export function announceLateFiles(
  upstreamFiles: UpstreamFiles,
  basePath: string,
  watch: PageWatch,
): UpstreamFiles {
  const pages = new Set([`${basePath}/web/`, `${basePath}/web/index.html`]);
  const known = new WeakMap<UpstreamFile, Announcing>();

  // Latin-1 keeps every byte where it is, whatever the page's own charset.
  const pageOf = (original: UpstreamFile): ServedPage =>
    known.get(original)?.page ?? { original, html: original.bytes.toString('latin1') };

  function announce(page: ServedPage, files: readonly LateFile[]): UpstreamFile {
    const { original } = page;
    const before = known.get(original);
    const version = watch.version();
    if (before?.files === files && before.version === version) return before.announcing;
    const named = watch.name(page.html);
    const html = insertTags(named, files) ?? named;
    // The same object while nothing changed, so that what was made of it stays good.
    const isSame = before?.html === html;
    const announcing = isSame ? before.announcing : html === page.html ? original : withText(original, html);
    known.set(original, { page, files, version, html, announcing });
    return announcing;
  }

  return {
    ...upstreamFiles,
    peek(path, headers) {
      const original = upstreamFiles.peek(path, headers);
      if (original === undefined || !pages.has(path)) return original;
      const page = pageOf(original);
      return announce(page, watch.served(headers, page, false));
    },
    async get(path, headers) {
      const original = await upstreamFiles.get(path, headers);
      if (original === undefined || !pages.has(path)) return original;
      const page = pageOf(original);
      const files = watch.served(headers, page, true);
      await watch.confirm(page);
      return announce(page, files);
    },
  };
}

/** A page as it goes to the rewriting, and of what it was made. */
interface Announcing {
  readonly page: ServedPage;
  readonly files: readonly LateFile[];
  readonly version: number;
  readonly html: string;
  readonly announcing: UpstreamFile;
}

function withText(original: UpstreamFile, html: string): UpstreamFile {
  const bytes = Buffer.from(html, 'latin1');
  const key = createHash('sha256').update(bytes).digest('base64url');
  return { ...original, bytes, key: `${original.key} ${key}` };
}

/** Undefined when there is nothing to announce, or no one place for it. */
function insertTags(html: string, files: readonly LateFile[]): string | undefined {
  const ends = [...html.matchAll(/<\/head\s*>/gi)];
  const place = ends[0]?.index;
  if (files.length === 0 || ends.length !== 1 || place === undefined) return undefined;
  return hasten(html.slice(0, place)) + files.map(tagOf).join('') + html.slice(place);
}

/** As webpack of jellyfin-web writes the tag. Source: jellyfin-web 10.8 to 12.0, dist. */
const DEFERRED = /<script defer(?=[\s=])/g;

/**
 * The page's own scripts, before all that is announced: browsers ask for every stylesheet before a deferred script, also
 * for one that is announced as of low priority, and for one such script at a time while a stylesheet is on its way. Seen in Chromium 156.
 */
function hasten(head: string): string {
  return head.replace(DEFERRED, '<script fetchpriority="high" defer');
}

/**
 * Behind what the page names itself: scripts that run early must not wait for those that run late. The mode must be that of the later request, else the file is fetched twice. Source: HTML, link type "preload". The
 * address is one that `readStaticTarget` let through, so nothing in it needs escaping; it is checked all the same.
 */
function tagOf({ as, href }: LateFile): string {
  if (!/^[\w.@~+%/?-]+$/.test(href)) return '';
  return `<link rel="preload" as="${as}" href="${href}" fetchpriority="low">`;
}
