import { shortAddress } from '../log/log.ts';
import type { SendOutcome } from '../ports/channel.ts';
import { NO_TOKEN } from './access-tokens.ts';
import { topicOf } from './refusals.ts';

/** What nodemailer sets on errors, as far as we read it. Source: nodemailer 10 dist/esm/errors.d.ts. */
interface SmtpFault {
  readonly code?: unknown;
  readonly originalCode?: unknown;
  readonly command?: unknown;
  readonly response?: unknown;
  readonly responseCode?: unknown;
  readonly timeoutType?: unknown;
  readonly message?: unknown;
}

/** Longest part of the server's own words that is passed on, in characters. */
const MAX_WORDS = 160;

const MAIL_URL = 'mail.url';

/** Code of the error for a server that does not take addresses beyond ASCII; its message is `recipient`, or the setting of ours that needs them. */
export const NO_UTF8 = 'NO_SMTPUTF8';

/**
 * Says what an error of nodemailer means for the message: refused for good, refused for now, or nothing works. In
 * doubt a message is kept, not given up. Source: RFC 5321 section 4.2.1, 4.2.5; nodemailer 10 errors.
 *
 * @param server Host and port, for the sentence.
 * @param isHandedOver Whether the server was given the whole message; if it did not answer then, it may have taken it.
 */
export function toOutcome(error: unknown, server: string, isHandedOver = false): SendOutcome {
  const fault: SmtpFault = typeof error === 'object' && error !== null ? error : { message: String(error) };
  const status = typeof fault.responseCode === 'number' ? fault.responseCode : 0;
  const isAboutMessage = fault.command === 'RCPT TO' || fault.command === 'DATA';
  const topic = topicOf(String(fault.command), String(fault.response));
  // 421: "closing the channel", whatever it was the answer to.
  if (isAboutMessage && status >= 400 && status !== 421 && topic !== 'us') {
    const isPermanent = status >= 500 && status !== 503;
    const what = fault.command === 'DATA' ? 'the message' : 'the recipient';
    const detail = `Mail server ${server} refused ${what}: ${serverWords(fault)}`;
    if (!isPermanent) return { kind: 'temporary', detail };
    return topic === 'address'
      ? { kind: 'permanent', detail, isAddressRefused: true }
      : { kind: 'permanent', detail };
  }
  if (fault.code === NO_UTF8 && fault.message === 'recipient') {
    const detail = `Mail server ${server} takes no addresses with letters beyond ASCII (SMTPUTF8); give this person another address, or send by another server.`;
    return { kind: 'permanent', detail };
  }
  if (fault.code === 'EENVELOPE' && fault.command === 'API') {
    return {
      kind: 'permanent',
      detail: `The message was never offered to ${server}: ${words(fault.message)}.`,
    };
  }
  if (isHandedOver && status < 400) {
    const detail = `Mail server ${server} was given the whole message and did not say that it took it (${words(fault.message)}), so it may have arrived; the next try carries the same link. If this happens often, look what the server does before it answers (spam and virus checks), or at what stands in between.`;
    return { kind: 'unconfirmed', detail };
  }
  const detail = explain(fault, server);
  return isCertificateFault(fault)
    ? { kind: 'unreachable', detail, isAboutTrust: true }
    : { kind: 'unreachable', detail };
}

/** "Relaying denied", or that there was no sign-in: said of the recipient, but it is we who may not send, to anybody. */
function isAboutRelaying(fault: SmtpFault): boolean {
  return fault.command === 'RCPT TO' && /\brelay|authenticat/i.test(String(fault.response));
}

function explain(fault: SmtpFault, server: string): string {
  const where = `Mail server ${server}`;
  const tls = explainTls(fault, where);
  if (tls !== undefined) return tls;
  // Whole sentences of our own.
  if (fault.originalCode === NO_TOKEN || fault.code === NO_TOKEN)
    return `${String(fault.message)} Messages wait meanwhile.`;
  switch (fault.code) {
    case NO_UTF8:
      return `${where} takes no addresses with letters beyond ASCII (SMTPUTF8), and mail.from or mail.replyTo has one; use another address there, or another server.`;
    case 'EAUTH':
      if (fault.command === 'AUTH XOAUTH2')
        return `${where} refused the access token: ${serverWords(fault)}; mail.oauth2.user must be the mailbox that the token is for, that mailbox be allowed to send by SMTP, and the app have the permission docs/mail.md names.`;
      return `${where} refused user name or password: ${serverWords(fault)}; check both in ${MAIL_URL}, or mail.user and mail.password (many providers want an app password).`;
    case 'ENOAUTH':
      return `${where} wants a user name and password; write them into mail.user and mail.password.`;
    case 'EDNS':
      return `${where} was not found: its name does not resolve; check the host in ${MAIL_URL} and the machine's DNS.`;
    case 'ETIMEDOUT':
    case 'EABORT':
      return `${where} did not answer in time (${String(fault.timeoutType ?? 'whole message')}); check host, port and firewall, and use smtps:// for port 465, where TLS begins at once.`;
    case 'ETLS':
      return `${where}: no safe connection (${words(fault.message)}); the server must offer STARTTLS with a certificate this machine trusts, or be reached by smtps://. mail.requireTls: false gives that up.`;
    case 'ECONNECTION':
      return `${where} ended the connection; ${serverWords(fault)}. If it did so before a word, check the port: smtps:// for 465, smtp:// for 587 and 25.`;
    case 'EENVELOPE':
      return `${where} ${explainEnvelope(fault)}`;
    default:
      // A file of ours that cannot be read names its setting itself.
      if (String(fault.message).startsWith('mail.'))
        return `${String(fault.message)} Messages wait meanwhile.`;
      return `${where} cannot be used: ${words(fault.message)}; check ${MAIL_URL}.`;
  }
}

/** What a refused sender means; of recipients only those come here that are about us. */
function explainEnvelope(fault: SmtpFault): string {
  const said = serverWords(fault);
  const signIn = `write user name and password into ${MAIL_URL}, as in smtp://user:password@mail.example.org:587`;
  if (isAboutRelaying(fault))
    return `does not pass mail on for us: ${said}; ${signIn}, or let the server trust this machine.`;
  if (/\bclient host\b/i.test(String(fault.response)))
    return `takes no mail from this machine: ${said}; its address has no name in DNS, or is on a list. Send by your provider's server (mail.provider).`;
  // RFC 3207 section 4: 530 is also what a server says that wants STARTTLS first.
  if (/\bSTARTTLS\b/i.test(String(fault.response)))
    return `wants TLS first and offered none on this port: ${said}; use the port that does, 587 with smtp:// or 465 with smtps://.`;
  if (fault.responseCode === 530)
    return `wants a sign-in before it takes mail: ${said}; ${signIn}. Where they are there, the server offers no sign-in on this port: use 587, or 465 with smtps://.`;
  return `refused the sender: ${said}; check mail.from, which must be an address this server may send for.`;
}

/** What OpenSSL says in codes; undefined when it is about something else. */
function explainTls(fault: SmtpFault, where: string): string | undefined {
  const text = `${String(fault.originalCode)} ${String(fault.code)} ${String(fault.message)}`;
  if (fault.code === WRONG_CERTIFICATE || fault.originalCode === WRONG_CERTIFICATE)
    return `${where} ${String(fault.message)}`;
  if (/WRONG_VERSION_NUMBER|wrong version number|PACKET_LENGTH_TOO_LONG|packet length too long/i.test(text))
    return `${where} does not begin with TLS on this port; write smtp:// instead of smtps:// into ${MAIL_URL} (port 587 or 25; TLS follows by STARTTLS), or use port 465.`;
  if (/UNSUPPORTED_PROTOCOL|unsupported protocol|PROTOCOL_VERSION|protocol version/i.test(text))
    return `${where} knows no TLS newer than 1.1, which protects nothing; update it, or send by another server. Gatehouse speaks TLS 1.2 and 1.3.`;
  if (
    /NO_CIPHERS|HANDSHAKE_FAILURE|handshake failure|DH_KEY_TOO_SMALL|dh key too small|EE_KEY_TOO_SMALL/i.test(
      text,
    )
  )
    return `${where} agrees to no safe cipher or key (${words(fault.message)}); update it, or send by another server.`;
  if (!isCertificateFault(fault)) return undefined;
  const what = `${where} has a certificate that is not trusted (${words(fault.message)});`;
  if (/ALTNAME|does not match|altnames/i.test(text))
    return `${what} use the name the certificate is for in ${MAIL_URL}, or name the certificate itself in mail.certificate.`;
  if (/EXPIRED|expired/.test(text))
    return `${what} renew it on the mail server, and check this machine's clock.`;
  return `${what} name its authority in mail.caFile, or the certificate itself in mail.certificate; a public one needs a name it is for in ${MAIL_URL}.`;
}

/** Code of the error for a certificate other than the one in `mail.certificate`. */
const WRONG_CERTIFICATE = 'WRONG_CERTIFICATE';

/** The error for a certificate other than the one in `mail.certificate`. */
export function wrongCertificate(shown: string): Error {
  const message = `shows the certificate ${shown}, which is not the one in mail.certificate; nothing was sent. If the server was given a new one, write that into mail.certificate.`;
  return Object.assign(new Error(message), { code: WRONG_CERTIFICATE });
}

/** Whether the server was reached, and its certificate is not trusted. */
export function isCertificateFault(error: unknown): boolean {
  const fault: SmtpFault = typeof error === 'object' && error !== null ? error : {};
  const text = `${String(fault.originalCode)} ${String(fault.code)} ${String(fault.message)}`;
  return /certificate|CERT_|self.signed|ALTNAME/i.test(text);
}

/** Words of another program as they may stand in a log: one line, cut, addresses shortened. */
export function quoted(text: string): string {
  return words(text);
}

function serverWords(fault: SmtpFault): string {
  return words(typeof fault.response === 'string' ? fault.response : fault.message);
}

/** Words of the other side as they may stand in a log: one line, cut, addresses shortened. */
function words(text: unknown): string {
  return String(text)
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .replace(/[^\s<>"'(),;:]+/g, (word) => (word.includes('@') ? shortAddress(word) : word))
    .trim()
    .slice(0, MAX_WORDS);
}
