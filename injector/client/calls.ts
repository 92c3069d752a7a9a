import { CLIENT_CALLS, type ClientCall } from '../jellyfin/web-client.ts';
import type { HeardAnswer } from './client-mod.ts';

/** How the client asks its server. Source: jellyfin-apiclient 1.10.0 and 1.11.0, in jellyfin-web 10.8 to 12.0. */
type Ajax = (this: unknown, request: { readonly url?: unknown }, ...rest: unknown[]) => Promise<unknown>;

/** The part of `window` calls are heard through. */
export interface CallWindow {
  readonly ApiClient?: { ajax?: Ajax };
  readonly document: Document;
}

/** Tells mods what the server said to the client's calls. */
export interface Calls {
  /** As `ClientContext.onAnswer`; `run` may not throw. */
  onAnswer(call: ClientCall, run: (answer: HeardAnswer) => void): void;
}

/**
 * Stands in front of `ajax` of the client's `ApiClient`, and looks again whenever a page shows, since 10.8 to 10.10 make
 * a new object after a reload. Until a mod listens, nothing is touched.
 *
 * Promises: a call no mod listens to goes by as it came; whatever goes wrong in here, the client gets its answer.
 * Source: jellyfin-web 10.8.13 to 12.0, seen in the running clients.
 */
export function createCalls(window: CallWindow): Calls {
  const watchers: { readonly ending: string; readonly run: (answer: HeardAnswer) => void }[] = [];
  let ours: Ajax | undefined;

  function wrap(): void {
    const client = window.ApiClient;
    const theirs = client?.ajax;
    if (client === undefined || typeof theirs !== 'function' || theirs === ours) return;
    ours = function (this: unknown, request, ...rest) {
      const asked = theirs.call(this, request, ...rest);
      const url = String(request?.url).split('?', 1).join().toLowerCase();
      const heard = watchers.filter(({ ending }) => url.slice(-ending.length) === ending);
      return heard.length === 0 ? asked : tell(asked, heard);
    };
    client.ajax = ours;
  }

  return {
    onAnswer(call, run) {
      if (watchers.length === 0) window.document.addEventListener('viewshow', wrap);
      watchers.push({ ending: CLIENT_CALLS[call], run });
      wrap();
    },
  };
}

function tell(
  asked: Promise<unknown>,
  watchers: readonly { readonly run: (answer: HeardAnswer) => void }[],
): Promise<unknown> {
  const hear = (status: number, body: unknown, errorCode?: string): Promise<unknown> | undefined => {
    let instead: Promise<unknown> | undefined;
    const answer: HeardAnswer = {
      status,
      body,
      errorCode,
      replace: (other) => {
        instead = Promise.resolve(other);
      },
      withhold: () => {
        instead = new Promise(() => undefined);
      },
    };
    for (const { run } of watchers) run(answer);
    return instead;
  };
  return asked.then(
    (body) => hear(200, body) || body,
    (failure: unknown) => hear(statusOf(failure), undefined, errorCodeOf(failure)) || Promise.reject(failure),
  );
}

/** The client rejects with the answer of `fetch` itself, or with whatever the network said. */
function errorCodeOf(failure: unknown): string | undefined {
  const { headers } = Object(failure) as { readonly headers?: Partial<Headers> };
  if (typeof headers?.get !== 'function') return undefined;
  return headers.get('X-Application-Error-Code') || undefined;
}

function statusOf(failure: unknown): number {
  const { status } = Object(failure) as { readonly status?: unknown };
  return typeof status === 'number' ? status : 0;
}
