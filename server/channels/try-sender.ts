import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { MailServer } from './mail-server.ts';

/**
 * Goes as far with a mail server as one can without sending: connects, signs in, names the sender, and leaves.
 *
 * @param options Of nodemailer.
 * @param parts.timeoutMs How long all of it may take.
 * @throws the error of nodemailer, or one like it, with the server's answer.
 */
export async function trySender(
  options: SMTPConnection.Options,
  parts: { readonly auth: MailServer['auth']; readonly from: string; readonly timeoutMs: number },
): Promise<void> {
  const connection = new SMTPConnection(options);
  const signal = AbortSignal.timeout(parts.timeoutMs);
  try {
    await new Promise<void>((resolve, reject) => {
      const done = (error?: unknown): void => (error ? reject(error) : resolve());
      const late = Object.assign(new Error('Timeout'), {
        code: 'ETIMEDOUT',
        timeoutType: `${parts.timeoutMs / 1000} s`,
      });
      signal.addEventListener('abort', () => reject(late), { once: true });
      connection.on('error', reject);
      connection.connect((error) => {
        if (error || parts.auth === undefined || !connection.allowsAuth) done(error);
        else connection.login({ credentials: parts.auth }, done);
      });
    });
    await nameSender(connection, parts.from, signal);
  } finally {
    connection.close();
  }
}

/** What of nodemailer's connection sends a command of its own and waits for the answer. Source: nodemailer 10, `smtp-connection`. */
interface Commands {
  readonly _responseActions: ((answer: string) => void)[];
  _sendCommand(command: string): void;
}

/** MAIL FROM, which nodemailer says only together with a message. */
async function nameSender(connection: SMTPConnection, from: string, signal: AbortSignal): Promise<void> {
  const commands = connection as unknown as Commands;
  await new Promise<void>((resolve, reject) => {
    const gone = (): void =>
      reject(Object.assign(new Error('Connection closed'), { code: 'ECONNECTION', command: 'MAIL FROM' }));
    signal.addEventListener('abort', gone, { once: true });
    connection.once('error', reject).once('end', gone);
    commands._responseActions.push((answer) => {
      if (answer.startsWith('2')) return resolve();
      const said = { response: answer, responseCode: Number(answer.slice(0, 3)) || 0 };
      reject(Object.assign(new Error(answer), said, { code: 'EENVELOPE', command: 'MAIL FROM' }));
    });
    commands._sendCommand(`MAIL FROM:<${from}>`);
  });
  connection.quit();
}
