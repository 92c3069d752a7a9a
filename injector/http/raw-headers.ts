/** Headers as they were sent: names and values in turn, as Node's `rawHeaders` gives them and `writeHead` takes them. */
export type RawHeaders = readonly string[];

/**
 * Calls `visit` for each header in turn, with its name in lower case, its value, and its name as it was spelled. A name
 * without a value at the end is passed over. Not a generator: that takes half as long again, and this runs for each request.
 */
export function eachHeader(
  headers: RawHeaders,
  visit: (name: string, value: string, spelling: string) => void,
): void {
  for (let index = 0; index + 1 < headers.length; index += 2) {
    const spelling = headers[index] ?? '';
    visit(spelling.toLowerCase(), headers[index + 1] ?? '', spelling);
  }
}

/** The values of a header in the order in which they were sent, none joined. `name` is in lower case. */
export function headerValues(headers: RawHeaders, name: string): string[] {
  const values: string[] = [];
  for (let index = 0; index + 1 < headers.length; index += 2) {
    const spelling = headers[index] ?? '';
    // Most names have another length, and need no other spelling.
    if (spelling.length === name.length && spelling.toLowerCase() === name)
      values.push(headers[index + 1] ?? '');
  }
  return values;
}

/** The headers that pass a test, in their order, spelling and repetition. The test gets the name in lower case. */
export function filterHeaders(headers: RawHeaders, isKept: (name: string) => boolean): string[] {
  const kept: string[] = [];
  eachHeader(headers, (name, value, spelling) => {
    if (isKept(name)) kept.push(spelling, value);
  });
  return kept;
}

/** The names of the headers in lower case, in the order in which they were sent. */
export function headerNames(headers: RawHeaders): string[] {
  const names: string[] = [];
  eachHeader(headers, (name) => names.push(name));
  return names;
}
