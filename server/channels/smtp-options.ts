import type { PeerCertificate } from 'node:tls';
import type { XOAuth2ProvisionCallback } from 'nodemailer/lib/xoauth2';
import { isLoopbackHost } from '../../injector/addresses/networks.ts';
import { readAuthority } from '../config/files.ts';
import type { Oauth2Options } from '../config/sections/mail-oauth2.ts';
import type { AccessTokens } from './access-tokens.ts';
import { ehloName, readMailServer } from './mail-server.ts';
import { certificatePrint, fetchCertificate } from './server-certificate.ts';
import { wrongCertificate } from './smtp-faults.ts';

/** How long to wait for a connection, TLS and the server's first words. Source: RFC 5321 section 4.5.3.2.1. */
export const CONNECT_TIMEOUT_MS = 5 * 60_000;

/**
 * How long the server may be silent in the middle of a talk: what the slowest step, the answer to the final dot, is to be
 * given; no other step is to be given more. Source: RFC 5321 section 4.5.3.2.2 to 4.5.3.2.6.
 */
export const SILENCE_TIMEOUT_MS = 10 * 60_000;

/** How long the name of the server may take to resolve. */
const DNS_TIMEOUT_MS = 30_000;

/** How long a look at the certificate may take, which somebody waits for. */
const LOOK_TIMEOUT_MS = 30_000;

/** How one signs in: with a password, or with an access token that is asked for each time. */
export type SmtpAuth =
  | { readonly user: string; readonly pass: string }
  | { readonly type: 'OAuth2'; readonly user: string; readonly provisionCallback: XOAuth2ProvisionCallback };

/** The mail server and how it is spoken to, as the config has them. */
export interface SmtpOptions {
  /** `smtp://` or `smtps://`, with percent-encoded user and password where the server wants them. */
  readonly url: string;
  /** Signs in without a password. */
  readonly oauth2?: Oauth2Options | undefined;
  /** Whether a connection that cannot be made safe is given up. */
  readonly requireTls: boolean;
  /** What to say in EHLO; default the host of `publicUrl`. */
  readonly name?: string | undefined;
  /** Path of the only certificate authorities (PEM) the server's certificate may come from. */
  readonly caFile?: string | undefined;
  /** The one certificate that is taken, whatever its name and whoever issued it; see `certificatePrint`. */
  readonly certificate?: string | undefined;
  /** `public.url` of the config. */
  readonly publicUrl?: string | undefined;
  /** For tests; default {@link CONNECT_TIMEOUT_MS}, {@link SILENCE_TIMEOUT_MS}, `SEND_TIMEOUT_MS`. */
  readonly timeouts?: { readonly connectMs: number; readonly silenceMs: number; readonly sendMs: number };
}

/**
 * How to sign in; undefined where nobody said.
 *
 * @param tokens Of `oauth2`.
 */
export function authOf(
  { url, oauth2 }: Pick<SmtpOptions, 'url' | 'oauth2'>,
  tokens: AccessTokens | undefined,
): SmtpAuth | undefined {
  if (oauth2 === undefined || tokens === undefined) return readMailServer(url).auth;
  const provisionCallback: XOAuth2ProvisionCallback = (_user, isRefused, done) => {
    // Ours are kept for all connections; one that was over long ago is asked for again each time.
    tokens.get(isRefused).then(
      (token) => done(null, token, 1),
      (error: Error) => done(error),
    );
  };
  return { type: 'OAuth2', user: oauth2.user, provisionCallback };
}

/** What nodemailer needs to know of the server, and of the certificate it must show. */
export async function connectionOptions(options: SmtpOptions) {
  const { caFile, certificate, timeouts } = options;
  // Whoever says which certificate to trust is not sent past it.
  const requireTls = options.requireTls || caFile !== undefined || certificate !== undefined;
  const { connectMs = CONNECT_TIMEOUT_MS, silenceMs = SILENCE_TIMEOUT_MS } = timeouts ?? {};
  const { auth: _auth, ...server } = readMailServer(options.url);
  const isAnyTaken = !requireTls && isLoopbackHost(server.host);
  const authority = await readAuthority(caFile, 'mail');
  const pinned = certificate === undefined ? undefined : await pin(options, certificate);
  const ca = authority ?? pinned?.ca;
  const name = options.name ?? ehloName(options.publicUrl);
  return {
    ...server,
    ...(name === undefined ? {} : { name }),
    requireTLS: requireTls && !server.secure,
    tls: {
      minVersion: 'TLSv1.2',
      rejectUnauthorized: !isAnyTaken,
      ...pinned,
      ...(ca === undefined ? {} : { ca }),
    },
    connectionTimeout: connectMs,
    greetingTimeout: connectMs,
    dnsTimeout: Math.min(DNS_TIMEOUT_MS, connectMs),
    socketTimeout: silenceMs,
  } as const;
}

/**
 * Options of TLS with which one certificate is taken and no other. It is looked at first, on a connection that nothing
 * is said on: Node asks whose it is only when it trusts who issued it.
 *
 * @throws {Error} when the server shows another one.
 */
async function pin(options: SmtpOptions, certificate: string) {
  const shows = await fetchCertificate(readMailServer(options.url), lookOf(options));
  if (certificatePrint(shows) !== certificate) throw wrongCertificate(certificatePrint(shows));
  return {
    ca: shows.toString(),
    allowPartialTrustChain: true,
    rejectUnauthorized: true,
    checkServerIdentity: (_host: string, peer: PeerCertificate) =>
      certificatePrint(peer) === certificate ? undefined : wrongCertificate(certificatePrint(peer)),
  };
}

/** A sentence that names the certificate the server shows, for whoever knows that it is the right one. */
export async function shownCertificate(options: SmtpOptions): Promise<string> {
  try {
    const print = certificatePrint(await fetchCertificate(readMailServer(options.url), lookOf(options)));
    return `It shows ${print}; if that is what the server itself says of its certificate, write it into mail.certificate.`;
  } catch {
    return '';
  }
}

function lookOf({ name, publicUrl }: SmtpOptions) {
  return { ehlo: name ?? ehloName(publicUrl) ?? '[127.0.0.1]', timeoutMs: LOOK_TIMEOUT_MS };
}
