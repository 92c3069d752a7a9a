import { createTransport } from 'nodemailer';
import { secretsOf } from '../config/secrets.ts';
import { isAscii } from '../contacts/address.ts';
import { createRedaction } from '../log/redaction.ts';
import type { SendOutcome } from '../ports/channel.ts';
import { createAccessTokens } from './access-tokens.ts';
import type { Carrier } from './carrier.ts';
import type { ComposeOptions } from './compose-mail.ts';
import { readMailServer } from './mail-server.ts';
import { sendUtf8 } from './send-utf8.ts';
import { isCertificateFault, toOutcome } from './smtp-faults.ts';
import { authOf, connectionOptions, type SmtpOptions, shownCertificate } from './smtp-options.ts';
import { trySender } from './try-sender.ts';

/**
 * Connections at once; each sends one message at a time. Exchange Online takes three of a mailbox.
 * Source: learn.microsoft.com, "Message storage and concurrent connection throttling for SMTP Authenticated Submission".
 */
export const MAX_CONNECTIONS = 3;

/** Connections at once while the server takes long to answer on some; see `Channel.width`. */
const MAX_SLOW_CONNECTIONS = 4 * MAX_CONNECTIONS;

/** How long a check may take, which somebody waits for. */
const CHECK_TIMEOUT_MS = 30_000;

const IDLE_TIMEOUT_MS = 30_000;

/**
 * Makes the way over SMTP: up to 3 kept connections. Certificates are checked; only on this very machine (loopback) and
 * without `requireTls` any is taken, since nobody stands in between there.
 */
export function createSmtpCarrier(options: SmtpOptions & Pick<ComposeOptions, 'from' | 'replyTo'>): Carrier {
  const { from, replyTo } = options;
  const { host, port } = readMailServer(options.url);
  const name = `${host}:${port}`;
  const tokens = options.oauth2 === undefined ? undefined : createAccessTokens(options.oauth2);
  const auth = authOf(options, tokens);
  const own = [from.address, ...(replyTo === undefined ? [] : [replyTo.address])];
  /** Messages whose last byte was handed over, by their signal: without an answer, they may have arrived. */
  const handedOver = new WeakSet<AbortSignal>();
  let pool: ReturnType<typeof openPool> | undefined;

  /** Before anything is cut or shortened: half a password is none that the log would know. */
  function withoutSecrets(error: unknown): unknown {
    if (!(error instanceof Error)) return error;
    const redaction = createRedaction();
    redaction.hide([
      ...secretsOf({ url: options.url, oauth2: options.oauth2 ?? {} }),
      ...(tokens?.secrets() ?? []),
    ]);
    return redaction.cleanValue({ ...error, message: error.message });
  }

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
      ...(auth === undefined ? {} : { auth }),
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

  async function openedPool() {
    pool ??= openPool();
    return pool.catch((error: unknown) => {
      pool = undefined;
      throw error;
    });
  }

  function closePool(): void {
    void pool?.then((transport) => transport.close()).catch(() => undefined);
    pool = undefined;
  }

  return {
    check: async () => {
      const outcome = await attempt(async () =>
        trySender(await connectionOptions(options), { auth, own, timeoutMs: CHECK_TIMEOUT_MS }),
      );
      if (outcome.kind === 'sent' || options.certificate !== undefined) return outcome;
      return 'isAboutTrust' in outcome
        ? { ...outcome, detail: `${outcome.detail} ${await shownCertificate(options)}` }
        : outcome;
    },
    send: (mail, envelope, signal) => {
      const isPlain = [...own, envelope.to].every(isAscii);
      const onHandedOver = (): void => void handedOver.add(signal);
      return attempt(async () => {
        if (!isPlain)
          return sendUtf8(await connectionOptions(options), {
            ...envelope,
            ...{ auth, own, mail, signal, onHandedOver },
          });
        const transport = await openedPool();
        return transport.sendMail({
          envelope: { from: envelope.from, to: [envelope.to] },
          raw: mail,
          signal,
        });
      }, signal);
    },
    close: closePool,
  };
}
