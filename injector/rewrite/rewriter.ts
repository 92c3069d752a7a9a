import type { IncomingMessage, ServerResponse } from 'node:http';
import { endToEndHeaders } from '../http/headers.ts';
import { createRepresentation, type Representation } from '../http/representation.ts';
import { respond } from '../http/respond.ts';
import type { RewrittenRoute } from '../jellyfin/routes.ts';
import type { Edition } from './edition.ts';
import type { Original, Originals } from './originals.ts';

/** Answers requests for what mods change. */
export interface Rewriter {
  /**
   * @param path Path of the request line without query.
   * @returns false when there is nothing to change: the request is then passed through untouched.
   * @throws {Error} when Jellyfin cannot be reached or its answer cannot be read.
   */
  answer(
    request: IncomingMessage,
    response: ServerResponse,
    route: RewrittenRoute,
    path: string,
  ): Promise<boolean>;
}

/** How many rewritten bodies are kept. */
const MAX_KEPT = 32;

/** Headers of the original that are no longer true of the rewritten body, or that we write ourselves. */
const REPLACED = new Set([
  'accept-ranges',
  'cache-control',
  'content-encoding',
  'content-length',
  'content-md5',
  'date',
  'digest',
  'etag',
  'expires',
  'last-modified',
  'vary',
  'x-response-time-ms',
]);

/**
 * Makes the rewriter.
 *
 * @param edition Answers the edition in force; asked anew for each request, so that a reload shows at the next load.
 */
export function createRewriter(originals: Originals, edition: () => Edition): Rewriter {
  const kept = new Map<string, Representation>();

  function represent(original: Original, route: RewrittenRoute, current: Edition): Representation {
    const key = `${route} ${current.id} ${original.key}`;
    let made = kept.get(key);
    if (made === undefined) {
      made = createRepresentation(current.rewrite(route, original.bytes, original.contentType));
      kept.set(key, made);
      const oldest = kept.keys().next().value;
      if (kept.size > MAX_KEPT && oldest !== undefined) kept.delete(oldest);
    }
    return made;
  }

  return {
    async answer(request, response, route, path) {
      const current = edition();
      if (!current.changes(route)) return false;
      const original = await originals.get(path, request.headers);
      if (original === undefined) return false;
      // Revalidated at each use: a Jellyfin update or a changed config shows at the next load.
      const headers = [...endToEndHeaders(original.rawHeaders, REPLACED), 'Cache-Control', 'no-cache'];
      await respond(request, response, represent(original, route, current), headers);
      return true;
    },
  };
}
