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
  const pairs: [string, string][] = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    pairs.push([rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '']);
  }
  const listed = pairs.filter(([name]) => name.toLowerCase() === 'connection');
  const dropped = new Set(listed.flatMap(([, value]) => namedInConnection(value)));
  return pairs
    .filter(([name]) => {
      const lower = name.toLowerCase();
      return !HOP_BY_HOP.has(lower) && !dropped.has(lower) && !alsoDropped.has(lower);
    })
    .flat();
}
