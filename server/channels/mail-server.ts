import { isIP, isIPv6 } from 'node:net';

/** Where the mail server is, and how one signs in. */
export interface MailServer {
  /** A name or an address, without brackets. */
  readonly host: string;
  readonly port: number;
  /** Whether TLS begins at once. */
  readonly secure: boolean;
  readonly auth?: { readonly user: string; readonly pass: string };
}

/** Reads `mail.url`: `smtp://` is port 587 unless said, `smtps://` 465. */
export function readMailServer(text: string): MailServer {
  const url = new URL(text);
  const secure = url.protocol.toLowerCase() === 'smtps:';
  const user = decodeURIComponent(url.username);
  const auth = user === '' ? {} : { auth: { user, pass: decodeURIComponent(url.password) } };
  return {
    host: hostOf(url),
    port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
    secure,
    ...auth,
  };
}

/**
 * The name Gatehouse says in EHLO where the config has none: the host of `public.url`, an address in brackets. A name
 * without a dot is refused by many servers; then it is the machine's own, if that has one. Source: RFC 5321 section 4.1.3.
 *
 * @returns undefined: nodemailer's own choice.
 */
export function ehloName(publicUrl: string | undefined): string | undefined {
  if (publicUrl === undefined || !URL.canParse(publicUrl)) return undefined;
  const host = hostOf(new URL(publicUrl));
  if (isIP(host) !== 0) return isIPv6(host) ? `[IPv6:${host}]` : `[${host}]`;
  return host.includes('.') ? host : undefined;
}

/** A name, or an address without brackets. */
function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[(.*)\]$/, '$1');
}
