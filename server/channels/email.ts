import type { PeerCertificate } from 'node:tls';
import { createTransport } from 'nodemailer';
import { isLoopbackHost } from '../../injector/addresses/networks.ts';
import { readAuthority } from '../config/files.ts';
import { secretsOf } from '../config/secrets.ts';
import { readAddress } from '../contacts/address.ts';
import { createRedaction } from '../log/redaction.ts';
import type { Channel, SendOutcome } from '../ports/channel.ts';
import { ehloName, readMailServer } from './mail-server.ts';
import { certificatePrint, fetchCertificate } from './server-certificate.ts';
import { isCertificateFault, toOutcome, wrongCertificate } from './smtp-faults.ts';
import { trySender } from './try-sender.ts';

/** How long to wait for a connection, TLS and the server's first words. Source: RFC 5321 section 4.5.3.2.1. */
export const CONNECT_TIMEOUT_MS = 5 * 60_000;

/**
 * How long the server may be silent in the middle of a talk: what the slowest step, the answer to the final dot, is to be
 * given; no other step is to be given more. Source: RFC 5321 section 4.5.3.2.2 to 4.5.3.2.6.
 */
export const SILENCE_TIMEOUT_MS = 10 * 60_000;

/** How long one message may take in all, however slowly the server drips: its link would not work longer. */
export const SEND_TIMEOUT_MS = 30 * 60_000;

/** How long the name of the server may take to resolve. */
const DNS_TIMEOUT_MS = 30_000;

/**
 * Connections at once; each sends one message at a time. Exchange Online takes three of a mailbox.
 * Source: learn.microsoft.com, "Message storage and concurrent connection throttling for SMTP Authenticated Submission".
 */
const MAX_CONNECTIONS = 3;

/** Connections at once while the server takes long to answer on some; see `Channel.width`. */
const MAX_SLOW_CONNECTIONS = 4 * MAX_CONNECTIONS;

/** How long a check may take, which somebody waits for. */
const CHECK_TIMEOUT_MS = 30_000;

const IDLE_TIMEOUT_MS = 30_000;

/** The mail server and the sender, as the config has them. */
export interface EmailOptions {
  /** `smtp://` or `smtps://`, with percent-encoded user and password where the server wants them. */
  readonly url: string;
  readonly from: { readonly name: string; readonly address: string };
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
  /** For tests; default {@link CONNECT_TIMEOUT_MS}, {@link SILENCE_TIMEOUT_MS}, {@link SEND_TIMEOUT_MS}. */
  readonly timeouts?: { readonly connectMs: number; readonly silenceMs: number; readonly sendMs: number };
}

/**
 * Makes the mail channel: up to 3 kept connections, each message to exactly one recipient. Certificates are checked;
 * only on this very machine (loopback) and without `requireTls` any is taken, since nobody stands in between there.
 */
export function createEmailChannel(options: EmailOptions): Channel {
  const { from } = options;
  const { sendMs = SEND_TIMEOUT_MS } = options.timeouts ?? {};
  const server = readMailServer(options.url);
  const name = `${server.host}:${server.port}`;
  // Before anything is cut or shortened: half a password is none that the log would know.
  const redaction = createRedaction();
  redaction.hide(secretsOf({ url: options.url }));
  const withoutSecrets = (error: unknown): unknown =>
    error instanceof Error ? redaction.cleanValue({ ...error, message: error.message }) : error;
  const domain = from.address.slice(from.address.lastIndexOf('@') + 1);
  /** Messages whose last byte was handed over, by their signal: without an answer, they may have arrived. */
  const handedOver = new WeakSet<AbortSignal>();
  let pool: ReturnType<typeof openPool> | undefined;

  async function attempt(work: () => Promise<unknown>, signal?: AbortSignal): Promise<SendOutcome> {
    try {
      await work();
      return { kind: 'sent' };
    } catch (error) {
      if (options.certificate !== undefined && isCertificateFault(error)) closePool();
      const isHandedOver = signal !== undefined && handedOver.has(signal);
      return toOutcome(withoutSecrets(error), name, isHandedOver);
    }
  }

  async function openPool() {
    const transport = createTransport({
      pool: true,
      ...(await connectionOptions(options)),
      maxConnections: MAX_SLOW_CONNECTIONS,
      // The outbox repeats, with pauses; a second repeater below it would only hammer.
      maxRequeues: 0,
      idleTimeout: IDLE_TIMEOUT_MS,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    transport.use('stream', ({ data, message }, done) => {
      message.processFunc((bytes) => bytes.once('end', () => data.signal && handedOver.add(data.signal)));
      done();
    });
    return transport;
  }

  function closePool(): void {
    void pool?.then((transport) => transport.close()).catch(() => undefined);
    pool = undefined;
  }

  return {
    name: 'email',
    width: MAX_CONNECTIONS,
    check: async () => {
      const outcome = await attempt(async () => {
        const timeoutMs = CHECK_TIMEOUT_MS;
        return trySender(await connectionOptions(options), {
          auth: server.auth,
          from: from.address,
          timeoutMs,
        });
      });
      if (outcome.kind === 'sent' || options.certificate !== undefined) return outcome;
      return 'isAboutTrust' in outcome
        ? { ...outcome, detail: `${outcome.detail} ${await shown(options)}` }
        : outcome;
    },
    send: async ({ to, key, subject, text, html }, breakOff) => {
      const read = readAddress(to.address);
      if ('fault' in read) return { kind: 'permanent', detail: `The contact's address ${read.fault}.` };
      const timeout = AbortSignal.timeout(sendMs);
      const signal = AbortSignal.any(breakOff === undefined ? [timeout] : [timeout, breakOff]);
      const send = async () => {
        pool ??= openPool();
        const transport = await pool.catch((error: unknown) => {
          pool = undefined;
          throw error;
        });
        return transport.sendMail({
          from,
          // An object, not a text: a text would be parsed, and a comma in it makes two recipients.
          to: { name: '', address: read.address },
          envelope: { from: from.address, to: [read.address] },
          messageId: `<${key}@${domain}>`,
          subject,
          text,
          html,
          headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
          signal,
        });
      };
      return attempt(send, signal);
    },
    close: closePool,
  };
}

/** What nodemailer needs to know of the server, and of the certificate it must show. */
async function connectionOptions(options: EmailOptions) {
  const { caFile, certificate, timeouts } = options;
  // Whoever says which certificate to trust is not sent past it.
  const requireTls = options.requireTls || caFile !== undefined || certificate !== undefined;
  const { connectMs = CONNECT_TIMEOUT_MS, silenceMs = SILENCE_TIMEOUT_MS } = timeouts ?? {};
  const server = readMailServer(options.url);
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
async function pin(options: EmailOptions, certificate: string) {
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
async function shown(options: EmailOptions): Promise<string> {
  try {
    const print = certificatePrint(await fetchCertificate(readMailServer(options.url), lookOf(options)));
    return `It shows ${print}; if that is what the server itself says of its certificate, write it into mail.certificate.`;
  } catch {
    return '';
  }
}

function lookOf({ name, publicUrl }: EmailOptions) {
  return { ehlo: name ?? ehloName(publicUrl) ?? '[127.0.0.1]', timeoutMs: CHECK_TIMEOUT_MS };
}
