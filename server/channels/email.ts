import { createTransport } from 'nodemailer';
import { isLoopbackHost } from '../../injector/addresses/networks.ts';
import { secretsOf } from '../config/secrets.ts';
import { readAddress } from '../contacts/address.ts';
import { createRedaction } from '../log/redaction.ts';
import type { Channel, SendOutcome } from '../ports/channel.ts';
import { toOutcome } from './smtp-faults.ts';

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

const IDLE_TIMEOUT_MS = 30_000;

/** The mail server and the sender, as the config has them. */
export interface EmailOptions {
  /** `smtp://` or `smtps://`, with percent-encoded user and password where the server wants them. */
  readonly url: string;
  readonly from: { readonly name: string; readonly address: string };
  /** Whether a connection that cannot be made safe is given up. */
  readonly requireTls: boolean;
  /** For tests; default {@link CONNECT_TIMEOUT_MS}, {@link SILENCE_TIMEOUT_MS}, {@link SEND_TIMEOUT_MS}. */
  readonly timeouts?: { readonly connectMs: number; readonly silenceMs: number; readonly sendMs: number };
}

/**
 * Makes the mail channel: up to 3 kept connections, each message to exactly one recipient. Certificates are checked;
 * only on this very machine (loopback) and without `requireTls` any is taken, since nobody stands in between there.
 */
export function createEmailChannel(options: EmailOptions): Channel {
  const { from, requireTls } = options;
  const timeouts = options.timeouts ?? {
    connectMs: CONNECT_TIMEOUT_MS,
    silenceMs: SILENCE_TIMEOUT_MS,
    sendMs: SEND_TIMEOUT_MS,
  };
  const server = readServer(options.url);
  const name = `${server.host}:${server.port}`;
  const transport = createTransport({
    pool: true,
    ...server,
    requireTLS: requireTls && !server.secure,
    tls: { rejectUnauthorized: requireTls || !isLoopbackHost(server.host), minVersion: 'TLSv1.2' },
    maxConnections: MAX_SLOW_CONNECTIONS,
    // The outbox repeats, with pauses and a new link; a second repeater below it would only hammer.
    maxRequeues: 0,
    idleTimeout: IDLE_TIMEOUT_MS,
    connectionTimeout: timeouts.connectMs,
    greetingTimeout: timeouts.connectMs,
    dnsTimeout: Math.min(DNS_TIMEOUT_MS, timeouts.connectMs),
    socketTimeout: timeouts.silenceMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  // Before anything is cut or shortened: half a password is none that the log would know.
  const redaction = createRedaction();
  redaction.hide(secretsOf({ url: options.url }));
  const withoutSecrets = (error: unknown): unknown =>
    error instanceof Error ? redaction.cleanValue({ ...error, message: error.message }) : error;
  const domain = from.address.slice(from.address.lastIndexOf('@') + 1);

  /** Messages whose last byte was handed over, by their signal: without an answer, they may have arrived. */
  const handedOver = new WeakSet<AbortSignal>();
  transport.use('stream', ({ data, message }, done) => {
    message.processFunc((bytes) => bytes.once('end', () => data.signal && handedOver.add(data.signal)));
    done();
  });

  async function attempt(work: () => Promise<unknown>, signal?: AbortSignal): Promise<SendOutcome> {
    try {
      await work();
      return { kind: 'sent' };
    } catch (error) {
      const isHandedOver = signal !== undefined && handedOver.has(signal);
      return toOutcome(withoutSecrets(error), name, isHandedOver);
    }
  }

  return {
    name: 'email',
    width: MAX_CONNECTIONS,
    check: () => attempt(() => transport.verify()),
    send: async ({ to, key, subject, text, html }, breakOff) => {
      const read = readAddress(to.address);
      if ('fault' in read) return { kind: 'permanent', detail: `The contact's address ${read.fault}.` };
      const timeout = AbortSignal.timeout(timeouts.sendMs);
      const signal = AbortSignal.any(breakOff === undefined ? [timeout] : [timeout, breakOff]);
      const send = () =>
        transport.sendMail({
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
      return attempt(send, signal);
    },
    close: () => transport.close(),
  };
}

function readServer(text: string) {
  const url = new URL(text);
  const secure = url.protocol.toLowerCase() === 'smtps:';
  const user = decodeURIComponent(url.username);
  const auth = user === '' ? {} : { auth: { user, pass: decodeURIComponent(url.password) } };
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
    secure,
    ...auth,
  };
}
