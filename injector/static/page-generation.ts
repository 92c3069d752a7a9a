import { JOIN_PATIENCE_MS } from '../http/coalesce.ts';
import type { Upstream } from '../upstream/upstream.ts';

/** A page of the web client, as far as its files depend on it. */
export interface KnownPage {
  /** Jellyfin's validator of `index.html`. */
  readonly etag: string;
  /** What its text has behind a `?`: the builds by which it names files, 20 hex digits each. Real pages name one. */
  readonly builds: ReadonlySet<string>;
}

/** Knows which build of the web client Jellyfin serves, by its page. */
export interface PageGeneration {
  /** The page in force; asked from Jellyfin when nobody knows. Undefined when Jellyfin does not say. */
  current(): Promise<KnownPage | undefined>;
  /** Tells what Jellyfin has just said: a page with this validator and text is on its way to a browser. */
  seen(etag: string | undefined, html: string): void;
  /** Lets the next `current` ask again. */
  forget(): void;
}

/** How long an answer holds without a page on its way, in milliseconds. */
const HOLDS_MS = 60_000;

/** Makes the watch over one Jellyfin's page. */
export function createPageGeneration(upstream: Upstream, now: () => number): PageGeneration {
  let known: { page: KnownPage; at: number } | undefined;
  let last: KnownPage | undefined;
  let asked: Promise<KnownPage | undefined> | undefined;

  async function ask(): Promise<KnownPage | undefined> {
    const answer = await upstream.ask({
      path: `${upstream.basePath}/web/index.html`,
      headers: {
        'accept-encoding': 'identity',
        ...(last === undefined ? {} : { 'if-none-match': last.etag }),
      },
      // Files wait for it, and each can be asked for by itself.
      timeoutMs: JOIN_PATIENCE_MS,
    });
    if (answer.status === 304) return last;
    return answer.status === 200 ? pageOf(answer.headers['etag'], answer.body.toString('latin1')) : undefined;
  }

  function pageOf(etag: string | undefined, html: string): KnownPage | undefined {
    if (etag === undefined || etag === last?.etag) return etag === undefined ? undefined : last;
    const builds = [...html.matchAll(/\?([0-9a-f]{20})(?![0-9a-f])/g)].map(([, build]) => build ?? '');
    return { etag, builds: new Set(builds) };
  }

  function note(page: KnownPage | undefined): void {
    asked = undefined;
    known = page === undefined ? undefined : { page, at: now() };
    last = page ?? last;
  }

  return {
    async current() {
      if (known !== undefined && now() - known.at < HOLDS_MS) return known.page;
      if (asked === undefined) {
        const mine = ask()
          .catch(() => undefined)
          .then((page) => {
            // A page that was seen meanwhile, or a wish to ask again, knows better than this answer.
            if (asked !== mine) return known?.page;
            note(page);
            return page;
          });
        asked = mine;
      }
      return await asked;
    },
    seen: (etag, html) => note(pageOf(etag, html)),
    forget() {
      asked = undefined;
      known = undefined;
    },
  };
}
