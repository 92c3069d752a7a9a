import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { StaticTarget } from './keep-rules.ts';

/** A file a page asks for late, and how browsers ask for it. */
export interface LateFile {
  /** Relative to the page: below `/web/`, with its query. */
  readonly href: string;
  readonly as: 'script' | 'style';
  /** Size as it was served. */
  readonly bytes: number;
}

/** Notes which files each load of a page brings along. */
export interface PageLoads {
  /**
   * A browser asks for a page. Files that its text names are found early anyway and not noted; nor are those with a build
   * in their query that it does not name, which anybody can make up.
   */
  start(headers: IncomingHttpHeaders, page: string, html: string): void;
  /** A browser asks for a file; counts when the same one has just loaded the page. */
  note(request: IncomingMessage, target: StaticTarget, bytes: number): void;
}

/** How long after a page its files count, in milliseconds. */
export const LOAD_WINDOW_MS = 10_000;
/** How many loads are watched at once, and how many files of each. */
const MAX_WATCHED = 50;
const MAX_FILES = 200;

interface Load {
  readonly page: string;
  readonly html: string;
  readonly files: Map<string, LateFile>;
  readonly timer: NodeJS.Timeout;
}

/**
 * Watches loads by client: address and browser, which are kept only as long as a load takes.
 *
 * @param onLoad Told of each load that has ended, with the text of its page and its files in the order of their first use.
 */
export function createPageLoads(
  windowMs: number,
  onLoad: (page: string, html: string, files: readonly LateFile[]) => void,
): PageLoads {
  const watched = new Map<string, Load>();

  function finish(client: string): void {
    const load = watched.get(client);
    if (load === undefined) return;
    clearTimeout(load.timer);
    watched.delete(client);
    onLoad(load.page, load.html, [...load.files.values()]);
  }

  return {
    start(headers, page, html) {
      const client = clientOf(headers);
      finish(client);
      if (watched.size >= MAX_WATCHED) return;
      const timer = setTimeout(() => finish(client), windowMs).unref();
      watched.set(client, { page, html, files: new Map(), timer });
    },
    note(request, target, bytes) {
      const load = watched.get(clientOf(request.headers));
      if (load === undefined || load.files.size >= MAX_FILES || !isFromPage(request)) return;
      if (target.query !== '' && !load.html.includes(`?${target.query}`)) return;
      const file = readLateFile(request, target, bytes);
      if (file === undefined || load.files.has(file.href) || load.html.includes(file.href)) return;
      load.files.set(file.href, file);
    },
  };
}

function clientOf(headers: IncomingHttpHeaders): string {
  return `${headers['x-forwarded-for'] ?? ''}\n${headers['user-agent'] ?? ''}`;
}

/** A stylesheet asks for its fonts in its own name, so any address below `/web/` will do. */
function isFromPage({ headers }: IncomingMessage): boolean {
  return (
    headers.referer === undefined ||
    /^https?:\/\/[^/]+\/(?:[^?#]*\/)?(?:web\/[^?#]*)?(?:$|[?#])/.test(headers.referer)
  );
}

/** Fonts are left out: announced, they come before the scripts that draw the form. Seen in Chromium 156. */
const AS = { js: 'script', css: 'style' } as const;

/** Browsers say how they will use a file, except to plain http on the network; then its kind tells. Source: Fetch Metadata. */
function readLateFile(
  { headers, method }: IncomingMessage,
  target: StaticTarget,
  bytes: number,
): LateFile | undefined {
  const as = AS[target.extension as keyof typeof AS];
  if (method !== 'GET' || !target.isHashed || as === undefined) return undefined;
  const use = headers['sec-fetch-dest'];
  if (use !== undefined && use !== as) return undefined;
  // A preload in another mode than the later request would be fetched twice.
  if (headers['sec-fetch-mode'] === 'cors') return undefined;
  return {
    href: target.path.slice('/web/'.length) + (target.query === '' ? '' : `?${target.query}`),
    as,
    bytes,
  };
}
