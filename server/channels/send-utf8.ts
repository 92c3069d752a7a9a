import { Readable } from 'node:stream';
import type SMTPConnection from 'nodemailer/lib/smtp-connection';
import { isAscii } from '../contacts/address.ts';
import { NO_UTF8 } from './smtp-faults.ts';
import type { SmtpAuth } from './smtp-options.ts';
import { takesUtf8, withConnection } from './smtp-session.ts';

/**
 * Sends one mail whose addresses are not all ASCII, on a connection of its own: whether the server takes such addresses is
 * known only when it has said so, and one that does not would be sent bytes that mean nothing to it. Source: RFC 6531 section 3.2.
 *
 * @param parts.own Addresses of ours: without SMTPUTF8 no mail can go out, where the recipient's alone is the matter of one.
 * @param parts.onHandedOver Called when the last byte was handed over.
 * @throws the error of nodemailer, or one with the code {@link NO_UTF8}.
 */
export async function sendUtf8(
  options: SMTPConnection.Options,
  parts: {
    readonly auth: SmtpAuth | undefined;
    readonly from: string;
    readonly to: string;
    readonly own: readonly string[];
    readonly mail: Buffer;
    readonly signal: AbortSignal;
    readonly onHandedOver: () => void;
  },
): Promise<void> {
  const { auth, signal, from, to, mail } = parts;
  const late = (): Error => Object.assign(new Error('Aborted'), { code: 'EABORT' });
  await withConnection(options, { auth, signal, late }, async (connection) => {
    if (!takesUtf8(connection)) {
      const ours = parts.own.every(isAscii) ? 'recipient' : 'mail.from';
      throw Object.assign(new Error(ours), { code: NO_UTF8 });
    }
    const bytes = Readable.from([mail]).once('end', parts.onHandedOver);
    await new Promise<void>((resolve, reject) => {
      const envelope = { from, to: [to], use8BitMime: true, size: mail.length };
      connection.send(envelope, bytes, (error) => (error ? reject(error) : resolve()));
    });
    connection.quit();
  });
}
