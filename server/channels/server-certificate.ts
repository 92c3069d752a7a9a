import type { X509Certificate } from 'node:crypto';
import { TLSSocket } from 'node:tls';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { MailServer } from './mail-server.ts';

/** A certificate as `mail.certificate` names it: `sha256:` and 64 lower-case hex digits of the SHA-256 of its DER. */
export function certificatePrint(certificate: { readonly fingerprint256: string }): string {
  return `sha256:${certificate.fingerprint256.replaceAll(':', '').toLowerCase()}`;
}

/**
 * Looks which certificate a mail server shows, whether it is trusted or not. Says EHLO and STARTTLS, where TLS does not
 * begin at once, and nothing else: no password goes to a server that may be another.
 *
 * @param parts.ehlo What to say in EHLO.
 * @throws {Error} when there is no TLS, or no certificate within the time; with the server's answer, where there is one.
 */
export function fetchCertificate(
  { host, port, secure }: MailServer,
  parts: { readonly ehlo: string; readonly timeoutMs: number },
): Promise<X509Certificate> {
  const connection = new SMTPConnection({
    ...{ host, port, secure, name: parts.ehlo, requireTLS: !secure },
    ...{
      connectionTimeout: parts.timeoutMs,
      greetingTimeout: parts.timeoutMs,
      socketTimeout: parts.timeoutMs,
    },
    tls: { minVersion: 'TLSv1.2', rejectUnauthorized: false },
  });
  return new Promise<X509Certificate>((resolve, reject) => {
    connection.on('error', reject);
    connection.connect((error) => {
      if (error) return reject(error);
      const socket = connection._socket;
      const certificate = socket instanceof TLSSocket ? socket.getPeerX509Certificate() : undefined;
      if (certificate === undefined) reject(new Error('the server showed no certificate'));
      else resolve(certificate);
    });
  }).finally(() => connection.close());
}
