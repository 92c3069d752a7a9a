import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server';
import { readMail } from './mime.ts';

/** A mail that arrived. */
export interface InboxMessage {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly messageId: string;
  /** When the last byte of it was there. */
  readonly arrivedAt: Date;
}

/**
 * What the inbox does with mails. `hang`: takes connections and never says a word. `temporary`: 451 to every
 * recipient. `permanent`: 550 to every recipient. `sender`: 550 to every sender. `login`: 535 to every password.
 * `close-mid-data`: cuts the connection in the middle of the message. `swallow`: keeps the message and never says so.
 * `slow`: takes each message half a second after it came. A function answers each recipient: a status
 * of 400 and above refuses it.
 */
export type InboxAnswer =
  | 'accept'
  | 'hang'
  | 'temporary'
  | 'permanent'
  | 'sender'
  | 'login'
  | 'close-mid-data'
  | 'swallow'
  | 'slow'
  | ((to: string) => number);

/** A running inbox. */
export interface SmtpInbox {
  /** e.g. `smtp://127.0.0.1:2525` */
  readonly url: string;
  readonly port: number;
  /** What arrived, oldest first. */
  readonly messages: readonly InboxMessage[];
  /** How many connections were opened so far, and when (ms, monotonic). */
  readonly connectedAt: readonly number[];
  /** Waits until at least that many messages are there. @throws {Error} after `timeoutMs`, default 10 s. */
  waitFor(count: number, timeoutMs?: number): Promise<readonly InboxMessage[]>;
  /** Changes what is done with mails from now on. */
  refuse(answer: InboxAnswer): void;
  /** Stops, open connections are cut. Idempotent. */
  close(): Promise<void>;
}

/**
 * Starts a real SMTP server that keeps what it gets in memory.
 *
 * @param options.port Default: any free one.
 * @param options.answer Default `accept`.
 * @param options.login Name and password it asks for; default none.
 * @param options.offersTls Offers STARTTLS with a certificate nobody trusts; default false.
 * @param options.certificate The certificate it shows.
 * @param options.beginsWithTls TLS at once, as on port 465; default false.
 */
export async function createSmtpInbox(
  options: {
    readonly port?: number;
    readonly answer?: InboxAnswer;
    readonly login?: { readonly user: string; readonly pass: string };
    readonly offersTls?: boolean;
    readonly certificate?: { readonly key: string; readonly cert: string };
    readonly beginsWithTls?: boolean;
  } = {},
): Promise<SmtpInbox> {
  let answer = options.answer ?? 'accept';
  const messages: InboxMessage[] = [];
  const connectedAt: number[] = [];
  const sockets = new Set<Socket>();
  const { login } = options;

  const server = new SMTPServer({
    logger: false,
    ...options.certificate,
    secure: options.beginsWithTls === true,
    disabledCommands: [
      ...(login === undefined ? ['AUTH'] : []),
      ...(options.offersTls === true ? [] : ['STARTTLS']),
    ],
    allowInsecureAuth: true,
    disableReverseLookup: true,
    closeTimeout: 50,
    onConnect: (_session, callback) => {
      connectedAt.push(performance.now());
      if (answer !== 'hang') callback();
    },
    onAuth: (auth, _session, callback) => {
      const isRight = auth.username === login?.user && auth.password === login?.pass;
      if (isRight && answer !== 'login') callback(null, { user: auth.username });
      else callback(refusal(535, 'Authentication failed'));
    },
    onMailFrom: (address, _session, callback) => {
      callback(answer === 'sender' ? refusal(550, `Sender ${address.address} not allowed`) : null);
    },
    onRcptTo: (address, _session, callback) => {
      const status = statusFor(answer, address.address);
      callback(status >= 400 ? refusal(status, `No thanks for ${address.address}`) : null);
    },
    onData: (stream, session, callback) => {
      if (answer === 'close-mid-data') {
        for (const socket of sockets) socket.destroy();
        return;
      }
      void readAll(stream).then((raw) => {
        const mail = readMail(raw);
        messages.push({
          from: mail.headers.get('from') ?? '',
          to: session.envelope.rcptTo.map((rcpt) => rcpt.address).join(', '),
          subject: mail.subject,
          text: mail.text,
          html: mail.html,
          messageId: mail.headers.get('message-id') ?? '',
          arrivedAt: new Date(),
        });
        if (answer === 'slow') setTimeout(callback, 500);
        else if (answer !== 'swallow') callback();
      }, callback);
    },
  });
  // A client that is killed in the middle of a mail is part of the tests.
  server.on('error', () => undefined);
  server.server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', () => {
      const address = server.server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  let closing: Promise<void> | undefined;
  return {
    url: `${options.beginsWithTls === true ? 'smtps' : 'smtp'}://127.0.0.1:${port}`,
    port,
    messages,
    connectedAt,
    waitFor: async (count, timeoutMs = 10_000) => {
      const until = performance.now() + timeoutMs;
      while (messages.length < count) {
        if (performance.now() > until) {
          throw new Error(
            `The inbox waited ${timeoutMs} ms for ${count} messages and has ${messages.length}.`,
          );
        }
        await sleep(20);
      }
      return messages;
    },
    refuse: (next) => {
      answer = next;
    },
    close: () => {
      closing ??= new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      });
      return closing;
    },
  };
}

function statusFor(answer: InboxAnswer, to: string): number {
  if (typeof answer === 'function') return answer(to);
  if (answer === 'temporary') return 451;
  return answer === 'permanent' ? 550 : 250;
}

function refusal(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}

async function readAll(stream: SMTPServerDataStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}
