import type { IncomingMessage } from 'node:http';

/**
 * How a person's browser reached us. Over https the cookie has a name that no plain page, and no other host of the domain,
 * can set one under; over plain http there is no such thing, and the two are never taken for each other.
 */
export type Way = 'https' | 'http';

const NAMES: Readonly<Record<Way, string>> = { https: '__Host-gatehouse', http: 'gatehouse' };

type Asked = Pick<IncomingMessage, 'headers'>;

/**
 * How the browser reached us: by what our proxy found out, or by the page that asks, where a proxy in front is not believed.
 * Undefined where a plain page asks over https. The page was found to be of our host before; see `isOwnPage`.
 */
export function wayOf({ headers }: Asked): Way | undefined {
  const isPlainPage = /^http:/i.test(headers.origin ?? '');
  if (headers['x-forwarded-proto'] === 'https') return isPlainPage ? undefined : 'https';
  return /^https:/i.test(headers.origin ?? '') ? 'https' : 'http';
}

/** The pairs of a Cookie header, as they stand. */
function pairsOf(header: string): readonly (readonly [name: string, value: string])[] {
  return header.split(';').flatMap((pair) => {
    const at = pair.indexOf('=');
    return at < 1 ? [] : [[pair.slice(0, at).trim(), pair.slice(at + 1).trim()] as const];
  });
}

/**
 * The value of a cookie; undefined when there is none, or more than one, which no browser of ours sends.
 *
 * @param header `Cookie` as it came.
 */
export function readCookie(header: string | undefined, name: string): string | undefined {
  const [pair, ...more] = pairsOf(header ?? '').filter(([one]) => one === name);
  return more.length > 0 ? undefined : pair?.[1];
}

/** The value of the session's cookie, as {@link readCookie}. */
export function readSessionCookie({ headers }: Asked, way: Way): string | undefined {
  return readCookie(headers.cookie, NAMES[way]);
}

/** What of a Cookie header is ours; undefined when nothing is. */
export function onlyOwnCookies(header: string | undefined): string | undefined {
  const own = pairsOf(header ?? '').filter(([name]) => Object.values(NAMES).includes(name));
  return own.length === 0 ? undefined : own.map(([name, value]) => `${name}=${value}`).join('; ');
}

/**
 * The Set-Cookie header that begins a session: gone when the browser is closed, sent with no request of another site, read
 * by no script. Source: RFC 6265bis section 4.1.3.2; ASVS 5.0 3.3.1 to 3.3.4.
 */
export function writeSessionCookie(way: Way, value: string): string {
  return `${NAMES[way]}=${value}; Path=/; HttpOnly; SameSite=Strict${way === 'https' ? '; Secure' : ''}`;
}

/** The Set-Cookie header that ends it. */
export function endSessionCookie(way: Way): string {
  return `${writeSessionCookie(way, '')}; Max-Age=0`;
}
