import type { IncomingMessage } from 'node:http';
import type { RawHeaders } from './raw-headers.ts';

/**
 * The request header in which the nginx of `gatehouse nginx` says that it would keep the answer. Whoever else sends it learns
 * nothing and changes nothing: what is answered is the same with it and without.
 */
export const CACHE_HEADER = 'Gatehouse-Cache';

/**
 * What tells that nginx to keep an answer: for a second of its clock, which is up to two of everybody's. It takes both away
 * before people see them. Source: ngx_http_proxy_module, `proxy_cache_valid` and `proxy_buffering`; nothing is cached unbuffered.
 */
export const KEEP_HEADERS: RawHeaders = ['X-Accel-Expires', '1', 'X-Accel-Buffering', 'yes'];

/**
 * Whether a proxy asks for an answer that it may hand to others, too: a plain one, for no query, to no page of another origin and
 * to nobody in particular.
 */
export function wantsToKeep({ method, url = '', headers }: IncomingMessage): boolean {
  if (headers[CACHE_NAME] === undefined || method !== 'GET' || url.includes('?')) return false;
  return PERSONAL.every((name) => headers[name] === undefined);
}

/** As Node names it. */
const CACHE_NAME = CACHE_HEADER.toLowerCase();

/** What makes an answer one asker's own, or a part of it. */
const PERSONAL = ['origin', 'authorization', 'range', 'if-match', 'if-none-match'] as const;
