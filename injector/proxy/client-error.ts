import type { Refusal } from './gate.ts';

/** What Node's parser and timers report, as a refusal. Source: Node 22 to 24, `lib/_http_server.js` and llhttp. */
export function refusalOf(error: Error & { readonly code?: string }): Refusal {
  if (error.code === 'HPE_HEADER_OVERFLOW') return { status: 431, reason: 'head is too large' };
  if (error.code === 'HPE_CHUNK_EXTENSIONS_OVERFLOW')
    return { status: 413, reason: 'chunk extension is too large' };
  if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT') return { status: 408, reason: 'head took too long' };
  return { status: 400, reason: 'not a well-formed request' };
}
