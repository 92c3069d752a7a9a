import { type Case, forwarded, HOST, refused, SMUGGLED } from './case.ts';

/** A GET of any path with further header lines, each ending in CRLF. */
export const getOf = (path: string, lines = ''): string => `GET ${path} HTTP/1.1\r\n${HOST}${lines}\r\n`;

/** A GET of `/a` with further header lines. */
export const getWith = (lines: string): string => getOf('/a', lines);

/** A POST to `/a` with further header lines and a body. */
export const postWith = (lines: string, body: string): string =>
  `POST /a HTTP/1.1\r\n${HOST}${lines}\r\n${body}`;

/** A request of any first line. */
export const startingWith = (start: string): string => `${start}\r\n${HOST}\r\n`;

/** A case that must be refused, with another request behind it that nobody may see. Status 400 if none is given. */
export const bad = (what: string, send: string, ...statuses: number[]): Case => ({
  what,
  send: `${send}${SMUGGLED}`,
  is: refused(...(statuses.length === 0 ? [400] : statuses)),
});

/** A case that must arrive as these requests. */
export const good = (what: string, send: string, ...requests: string[]): Case => ({
  what,
  send,
  is: forwarded(...requests),
});

/** A case that must arrive as one request with these headers; undefined ones must be gone. */
export const kept = (
  what: string,
  send: string,
  request: string,
  headers: Readonly<Record<string, string | undefined>>,
): Case => ({
  what,
  send,
  is: { forwarded: [request], headers },
});
