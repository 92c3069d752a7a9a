import type { Upstream } from '../upstream/upstream.ts';

/** Knows which build of the web client Jellyfin serves, by the validator of its page. */
export interface PageGeneration {
  /** The ETag of `index.html`; asked from Jellyfin when nobody knows. Undefined when Jellyfin does not say. */
  current(): Promise<string | undefined>;
  /** Tells what Jellyfin has just said: a page with this validator is on its way to a browser. */
  seen(etag: string | undefined): void;
  /** Lets the next `current` ask again. */
  forget(): void;
}

/** How long an answer holds without a page on its way, in milliseconds. */
const HOLDS_MS = 60_000;

/** Makes the watch over one Jellyfin's page. */
export function createPageGeneration(upstream: Upstream, now: () => number): PageGeneration {
  let known: { etag: string; at: number } | undefined;
  let last: string | undefined;
  let asked: Promise<string | undefined> | undefined;

  async function ask(): Promise<string | undefined> {
    const answer = await upstream.ask({
      path: `${upstream.basePath}/web/index.html`,
      headers: {
        'accept-encoding': 'identity',
        ...(last === undefined ? {} : { 'if-none-match': last }),
      },
    });
    return answer.status === 304 ? last : answer.status === 200 ? answer.headers['etag'] : undefined;
  }

  const generation: PageGeneration = {
    async current() {
      if (known !== undefined && now() - known.at < HOLDS_MS) return known.etag;
      if (asked === undefined) {
        const mine = ask()
          .catch(() => undefined)
          .then((etag) => {
            // A page that was seen meanwhile, or a wish to ask again, knows better than this answer.
            if (asked !== mine) return known?.etag;
            generation.seen(etag);
            return etag;
          });
        asked = mine;
      }
      return await asked;
    },
    seen(etag) {
      asked = undefined;
      known = etag === undefined ? undefined : { etag, at: now() };
      last = etag ?? last;
    },
    forget() {
      asked = undefined;
      known = undefined;
    },
  };
  return generation;
}
