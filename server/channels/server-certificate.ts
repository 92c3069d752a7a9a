import type { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { MailServer } from './mail-server.ts';

/** Longest answer of a server that is read before TLS. */
const MAX_ANSWER_CHARACTERS = 16_384;

/** A certificate as `mail.certificate` names it: `sha256:` and 64 lower-case hex digits of the SHA-256 of its DER. */
export function certificatePrint(certificate: { readonly fingerprint256: string }): string {
  return `sha256:${certificate.fingerprint256.replaceAll(':', '').toLowerCase()}`;
}

/**
 * Looks which certificate a mail server shows, whether it is trusted or not. Says EHLO and STARTTLS, where TLS does not
 * begin at once, and nothing else.
 *
 * @param parts.ehlo What to say in EHLO.
 * @throws {Error} when there is no TLS, or no certificate within the time.
 */
export async function fetchCertificate(
  { host, port, secure }: MailServer,
  parts: { readonly ehlo: string; readonly timeoutMs: number },
): Promise<X509Certificate> {
  const signal = AbortSignal.timeout(parts.timeoutMs);
  const socket = connect({ host, port });
  try {
    await once(socket, 'connect', { signal });
    if (!secure) {
      await readAnswer(socket, '220', signal);
      socket.write(`EHLO ${parts.ehlo}\r\n`);
      await readAnswer(socket, '250', signal);
      socket.write('STARTTLS\r\n');
      await readAnswer(socket, '220', signal);
    }
    const servername = isIP(host) === 0 ? host : '';
    const secured = connectTls({ socket, servername, rejectUnauthorized: false, minVersion: 'TLSv1.2' });
    await once(secured, 'secureConnect', { signal });
    const certificate = secured.getPeerX509Certificate();
    secured.destroy();
    if (certificate === undefined) throw new Error('the server showed no certificate');
    return certificate;
  } finally {
    socket.on('error', () => undefined).destroy();
  }
}

/**
 * Reads one answer, of one or several lines.
 *
 * @param code What it must begin with.
 * @throws {Error} when it does not.
 */
export async function readAnswer(socket: Socket, code: string, signal: AbortSignal): Promise<string> {
  let text = '';
  while (!/^\d{3}(?: [^\n]*)?\r?\n/m.test(text)) {
    const [chunk]: Buffer[] = await once(socket, 'data', { signal });
    text += String(chunk);
    if (text.length > MAX_ANSWER_CHARACTERS) break;
  }
  const answer = text.trim();
  if (answer.startsWith(code)) return answer;
  const responseCode = Number(answer.slice(0, 3)) || 0;
  throw Object.assign(new Error(answer), { response: answer, responseCode });
}
