import SMTPConnection from 'nodemailer/lib/smtp-connection';
import XOAuth2 from 'nodemailer/lib/xoauth2';
import type { SmtpAuth } from './smtp-options.ts';

/** What of nodemailer's connection is not in its description. Source: nodemailer 10, `smtp-connection`. */
interface Inner {
  readonly _supportedExtensions: readonly string[];
}

/** Whether the server takes addresses that are not ASCII. Source: RFC 6531 section 3.1. */
export function takesUtf8(connection: SMTPConnection): boolean {
  return (connection as unknown as Inner)._supportedExtensions.includes('SMTPUTF8');
}

/**
 * Connects, signs in where the server wants it, does some work on the connection, and closes it.
 *
 * @param options Of nodemailer.
 * @param parts.signal Breaks all of it off.
 * @param parts.late The error of what was broken off.
 * @throws the error of nodemailer, or one like it, with the server's answer.
 */
export async function withConnection(
  options: SMTPConnection.Options,
  parts: { readonly auth: SmtpAuth | undefined; readonly signal: AbortSignal; readonly late: () => Error },
  work: (connection: SMTPConnection) => Promise<void>,
): Promise<void> {
  const { signal, auth } = parts;
  const connection = new SMTPConnection(options);
  const broken = new Promise<never>((_resolve, reject) => {
    const end = (): void => reject(parts.late());
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
    connection.on('error', reject);
  });
  broken.catch(() => undefined);
  const signedIn = new Promise<void>((resolve, reject) => {
    const done = (error?: unknown): void => (error ? reject(error) : resolve());
    connection.connect((error) => {
      if (error || auth === undefined || !connection.allowsAuth) done(error);
      else connection.login(loginOf(auth), done);
    });
  });
  try {
    await Promise.race([signedIn, broken]);
    await Promise.race([work(connection), broken]);
  } finally {
    connection.close();
  }
}

function loginOf(auth: SmtpAuth) {
  if (!('type' in auth)) return { credentials: auth };
  return { user: auth.user, oauth2: new XOAuth2(auth, false), method: 'XOAUTH2' };
}
