import type { IncomingMessage, ServerResponse } from 'node:http';
import { filterHeaders } from '../http/raw-headers.ts';
import { answerCondition, type Coded, etagOf, headersOf, sendBody } from '../http/representation.ts';
import type { KeptFile } from './bodies.ts';

/** A kept file as it goes out to one asker. */
export interface Outgoing {
  readonly file: KeptFile;
  readonly coded: Coded;
  /** Whether tabs differ in what they get of this address, because text in it is replaced. */
  readonly isReplaced: boolean;
  /** Whether this is a tab that wants Jellyfin's own bytes. */
  readonly isBare: boolean;
}

/** A browser confirms it at each use: a change of the configuration shows at the next load. */
const CONFIRMED = 'no-cache';

/**
 * Sends a kept file: 304 when the asker has these bytes, HEAD as GET. Only an address with our own hash of these very
 * bytes is right for ever: the hashes in Jellyfin's names stay when a plugin, or Gatehouse, changes what is behind them. For
 * all others browsers get what Jellyfin itself says of freshness, and go by that; but what Gatehouse has changed they
 * confirm at each use, and a bare tab leaves no original behind for the others.
 * Source: RFC 8246; RFC 9110 sections 8.8.3.3 and 13.1.2; RFC 9111 sections 4.1, 4.2.2 and 5.2.2.
 *
 * @param bytesHash Of the address.
 */
export function respondStatic(
  request: IncomingMessage,
  response: ServerResponse,
  { file, coded, isReplaced, isBare }: Outgoing,
  bytesHash: string | undefined,
): void {
  const freshness =
    isReplaced && isBare
      ? 'no-store'
      : bytesHash === file.hash
        ? 'public, max-age=31536000, immutable'
        : bytesHash !== undefined || isReplaced
          ? CONFIRMED
          : undefined;
  const headers = [
    ...['Vary', isReplaced ? 'Accept-Encoding, Referer' : 'Accept-Encoding'],
    ...(freshness === undefined
      ? file.headers
      : ['Cache-Control', freshness, ...filterHeaders(file.headers, (name) => name !== 'cache-control')]),
  ];
  if (answerCondition(request, response, tagsOf(file, coded), headers)) return;
  sendBody(request, response, coded, headersOf(coded, headers));
}

/** A browser that has the same bytes in another effort of the same coding need not get them anew. */
function tagsOf({ hash }: KeptFile, { coding }: Coded): string[] {
  return [etagOf(hash, coding, 'best'), etagOf(hash, coding, 'quick')];
}
