import { createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { createEmailChannel, type EmailOptions } from '../../../server/channels/email.ts';
import type { Message } from '../../../server/ports/channel.ts';
import { readMail } from './mime.ts';

/** Where in the talk the server is when it answers. `body`: after the last dot. */
export type SmtpStage = 'greeting' | 'EHLO' | 'STARTTLS' | 'AUTH' | 'MAIL' | 'RCPT' | 'DATA' | 'body';

/**
 * What the server does at a stage in place of its usual answer. `hang`: nothing. `close`: ends the connection.
 * `close-after`: gives its answer and ends the connection. A text is sent as the answer, line end added.
 */
export type SmtpFault = 'hang' | 'close' | 'close-after' | { readonly answer: string };

/** A mail that was taken. */
export interface TakenMail {
  /** Addresses of all RCPT TO, as they stood there. */
  readonly recipients: readonly string[];
  readonly raw: string;
  readonly messageId: string;
}

/** A mail server that follows a script. */
export interface ScriptedSmtp {
  readonly port: number;
  readonly url: string;
  /** Stages that were reached, over all connections. */
  readonly reached: readonly SmtpStage[];
  /** Everything clients said. */
  received(): string;
  /** Mails whose last dot was seen, answered or not. */
  readonly mails: readonly TakenMail[];
  readonly connections: number;
  /** How many of them are open now. */
  readonly open: number;
  /** Greets whoever hangs at `greeting`. */
  greet(): void;
  /** Sends these signs on every open connection. */
  say(text: string): void;
  /** Changes the script from now on. */
  script(next: (stage: SmtpStage) => SmtpFault | undefined): void;
}

const ANSWERS: Readonly<Record<SmtpStage, string>> = {
  greeting: '220 scripted',
  EHLO: '250-scripted\r\n250 8BITMIME',
  STARTTLS: '220 go on',
  AUTH: '235 welcome',
  MAIL: '250 ok',
  RCPT: '250 ok',
  DATA: '354 go on',
  body: '250 queued',
};

/**
 * Starts an SMTP server made of a raw socket, which can do at each stage what a server library would not. Ends with the
 * running test.
 *
 * @param options.ehlo Lines of the answer to EHLO after the first.
 */
export async function startScriptedSmtp(
  options: {
    readonly script?: (stage: SmtpStage) => SmtpFault | undefined;
    readonly ehlo?: readonly string[];
  } = {},
): Promise<ScriptedSmtp> {
  let script = options.script ?? (() => undefined);
  const reached: SmtpStage[] = [];
  const mails: TakenMail[] = [];
  const sockets = new Set<Socket>();
  let heard = '';
  let connections = 0;

  function usual(stage: SmtpStage): string {
    if (stage !== 'EHLO' || options.ehlo === undefined) return ANSWERS[stage];
    const lines = ['scripted', ...options.ehlo];
    return lines.map((line, index) => `250${index === lines.length - 1 ? ' ' : '-'}${line}`).join('\r\n');
  }

  function answer(socket: Socket, stage: SmtpStage): void {
    reached.push(stage);
    const fault = script(stage);
    if (fault === 'hang') return;
    if (fault === 'close') socket.destroy();
    else if (fault === 'close-after') socket.end(`${usual(stage)}\r\n`);
    else socket.write(`${fault === undefined ? usual(stage) : fault.answer}\r\n`);
  }

  const server = createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    let rest = '';
    let isBody = false;
    let recipients: string[] = [];
    socket.on('data', (chunk) => {
      const text = chunk.toString('latin1');
      heard += text;
      rest += text;
      for (;;) {
        const mark = isBody ? '\r\n.\r\n' : '\r\n';
        const end = rest.indexOf(mark);
        if (end < 0) return;
        const piece = rest.slice(0, end);
        rest = rest.slice(end + mark.length);
        if (isBody) {
          isBody = false;
          const messageId = readMail(Buffer.from(piece, 'latin1')).headers.get('message-id') ?? '';
          mails.push({ recipients, raw: piece, messageId });
          recipients = [];
          answer(socket, 'body');
          continue;
        }
        const stage = stageOf(piece);
        if (stage === undefined) socket.write('250 ok\r\n');
        else {
          if (stage === 'MAIL') recipients = [];
          if (stage === 'RCPT') recipients.push(/^RCPT TO:<(.*?)>/i.exec(piece)?.[1] ?? piece);
          if (stage === 'DATA') isBody = script('DATA') === undefined;
          answer(socket, stage);
        }
      }
    });
    answer(socket, 'greeting');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    port,
    url: `smtp://127.0.0.1:${port}`,
    reached,
    mails,
    received: () => heard,
    get connections() {
      return connections;
    },
    get open() {
      return sockets.size;
    },
    greet: () => {
      for (const socket of sockets) socket.write(`${ANSWERS.greeting}\r\n`);
    },
    say: (text) => {
      for (const socket of sockets) socket.write(text);
    },
    script: (next) => {
      script = next;
    },
  };
}

function stageOf(line: string): SmtpStage | undefined {
  const word = line.slice(0, 8).toUpperCase();
  if (word.startsWith('EHLO') || word.startsWith('HELO')) return 'EHLO';
  const stages = ['STARTTLS', 'AUTH', 'MAIL', 'RCPT', 'DATA'] as const;
  return stages.find((stage) => word.startsWith(stage));
}

/** The bytes of a mail that was taken, as it was before dots were doubled for the way. Source: RFC 5321 section 4.5.2. */
export function bytesOf(mail: TakenMail | undefined): Buffer {
  return Buffer.from(`${(mail?.raw ?? '').replace(/(^|\r\n)\.\./g, '$1.')}\r\n`, 'latin1');
}

/** A message to send through it. */
export const MESSAGE: Message = {
  to: { userId: '1'.repeat(32), userName: 'anna', channel: 'email', address: 'anna.lee@example.org' },
  key: '0b5a4e2e-2f5f-4d4b-9d1c-6a7d3b1e0c11',
  subject: 'Grüße',
  text: 'Text mit ü\n',
  html: '<p>HTML mit ü</p>\n',
  chat: { before: ['Chat mit ü'], after: [] },
};

/** The mail channel to a mail server, with or without TLS; it is closed after the running test. */
export function openMailChannel(url: string, options: Partial<EmailOptions>) {
  const from = { name: 'Jellyfin', address: 'noreply@media.example.org' };
  const channel = createEmailChannel({ url, from, requireTls: false, ...options });
  onTestFinished(() => channel.close());
  return channel;
}
