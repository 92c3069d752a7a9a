import type { IncomingMessage } from 'node:http';

/** Headers that end at the next hop. Source: RFC 9110 section 7.6.1, RFC 9112 section 6. */
export const HOP_BY_HOP: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** The names a Connection header lists, in lower case. */
export function namedInConnection(connection: string | undefined): string[] {
  return (connection ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '');
}

/**
 * The end-to-end headers of an answer in the order, spelling and repetition in which they came.
 *
 * @param rawHeaders Names and values in turn, as Node gives them.
 * @param alsoDropped Further names to leave out, in lower case.
 */
export function endToEndHeaders(
  rawHeaders: readonly string[],
  alsoDropped: ReadonlySet<string> = new Set(),
): string[] {
  const kept: string[] = [];
  let named: string[] = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    const value = rawHeaders[index + 1] ?? '';
    const lower = name.toLowerCase();
    if (lower === 'connection') named = [...named, ...namedInConnection(value)];
    if (!HOP_BY_HOP.has(lower) && !alsoDropped.has(lower)) kept.push(name, value);
  }
  // The framing of an answer is no connection option, whatever the list says.
  const dropped = named.filter(
    (name) => !HOP_BY_HOP.has(name) && name !== 'content-length' && name !== 'close',
  );
  if (dropped.length === 0) return kept;
  return kept.filter((_entry, index) => !dropped.includes((kept[index - (index % 2)] ?? '').toLowerCase()));
}

/** True when the head announces a body. Source: RFC 9112 section 6.3. */
export function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}
