import type SMTPConnection from 'nodemailer/lib/smtp-connection';
import { isAscii } from '../contacts/address.ts';
import { NO_UTF8 } from './smtp-faults.ts';
import type { SmtpAuth } from './smtp-options.ts';
import { takesUtf8, withConnection } from './smtp-session.ts';

/**
 * Goes as far with a mail server as one can without sending: connects, signs in, names the sender, and leaves.
 *
 * @param options Of nodemailer.
 * @param parts.own Our addresses; the first is the sender.
 * @param parts.timeoutMs How long all of it may take.
 * @throws the error of nodemailer, or one like it, with the server's answer.
 */
export async function trySender(
  options: SMTPConnection.Options,
  parts: { readonly auth: SmtpAuth | undefined; readonly own: readonly string[]; readonly timeoutMs: number },
): Promise<void> {
  const signal = AbortSignal.timeout(parts.timeoutMs);
  const late = (): Error =>
    Object.assign(new Error('Timeout'), { code: 'ETIMEDOUT', timeoutType: `${parts.timeoutMs / 1000} s` });
  await withConnection(options, { auth: parts.auth, signal, late }, async (connection) => {
    const [from = ''] = parts.own;
    const isUtf8 = !parts.own.every(isAscii);
    if (isUtf8 && !takesUtf8(connection)) throw Object.assign(new Error('mail.from'), { code: NO_UTF8 });
    await nameSender(connection, `MAIL FROM:<${from}>${isUtf8 ? ' SMTPUTF8' : ''}`);
  });
}

/** What of nodemailer's connection sends a command of its own and waits for the answer. Source: nodemailer 10, `smtp-connection`. */
interface Commands {
  readonly _responseActions: ((answer: string) => void)[];
  _sendCommand(command: string): void;
}

/** MAIL FROM, which nodemailer says only together with a message. */
async function nameSender(connection: SMTPConnection, command: string): Promise<void> {
  const commands = connection as unknown as Commands;
  await new Promise<void>((resolve, reject) => {
    const gone = (): void =>
      reject(Object.assign(new Error('Connection closed'), { code: 'ECONNECTION', command: 'MAIL FROM' }));
    connection.once('end', gone);
    commands._responseActions.push((answer) => {
      if (answer.startsWith('2')) return resolve();
      const said = { response: answer, responseCode: Number(answer.slice(0, 3)) || 0 };
      reject(Object.assign(new Error(answer), said, { code: 'EENVELOPE', command: 'MAIL FROM' }));
    });
    commands._sendCommand(command);
  });
  connection.quit();
}
