import type { Socket } from 'node:net';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { MailServer } from './mail-server.ts';
import { readAnswer } from './server-certificate.ts';

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
    const socket = connection._socket;
    if (!socket) throw Object.assign(new Error('Connection closed'), { code: 'ECONNECTION' });
    await nameSender(socket, parts.from, signal);
  } finally {
    connection.close();
  }
}

/** MAIL FROM, which nodemailer says only together with a message. */
async function nameSender(socket: Socket, from: string, signal: AbortSignal): Promise<void> {
  // nodemailer would take an answer to what it has not said for an error.
  socket.removeAllListeners('data');
  socket.write(`MAIL FROM:<${from}>\r\n`);
  try {
    await readAnswer(socket, '250', signal);
  } catch (error) {
    const response = error instanceof Error && 'responseCode' in error;
    throw Object.assign(error instanceof Error ? error : new Error(String(error)), {
      code: response ? 'EENVELOPE' : 'ECONNECTION',
      command: 'MAIL FROM',
    });
  }
  socket.write('RSET\r\nQUIT\r\n');
}
