import { shortAddress } from '../log/log.ts';
import type { SendOutcome } from '../ports/channel.ts';

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
  // 421: "closing the channel", whatever it was the answer to.
  if (isAboutMessage && status >= 400 && status !== 421 && !isAboutRelaying(fault)) {
    const isPermanent = status >= 500 && status !== 503;
    const what = fault.command === 'DATA' ? 'the message' : 'the recipient';
    const detail = `Mail server ${server} refused ${what}: ${serverWords(fault)}`;
    return { kind: isPermanent ? 'permanent' : 'temporary', detail };
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
  return { kind: 'unreachable', detail: explain(fault, server) };
}

/** "Relaying denied": said of the recipient, but it is we who may not send, to anybody. */
function isAboutRelaying(fault: SmtpFault): boolean {
  return fault.command === 'RCPT TO' && /\brelay/i.test(String(fault.response));
}

function explain(fault: SmtpFault, server: string): string {
  const where = `Mail server ${server}`;
  switch (fault.code) {
    case 'EAUTH':
      return `${where} refused user name or password: ${serverWords(fault)}; check both in ${MAIL_URL} (many providers want an app password).`;
    case 'ENOAUTH':
      return `${where} wants a user name and password; write them into ${MAIL_URL}.`;
    case 'EDNS':
      return `${where} was not found: its name does not resolve; check the host in ${MAIL_URL} and the machine's DNS.`;
    case 'ETIMEDOUT':
    case 'EABORT':
      return `${where} did not answer in time (${String(fault.timeoutType ?? 'whole message')}); check host, port and firewall, and use smtps:// for port 465.`;
    case 'ETLS':
      return `${where}: no safe connection (${words(fault.message)}); the server must offer STARTTLS with a certificate this machine trusts, or be reached by smtps://. mail.requireTls: false gives that up.`;
    case 'ECONNECTION':
      return `${where} ended the connection; ${serverWords(fault)}.`;
    case 'EENVELOPE':
      if (isAboutRelaying(fault)) {
        return `${where} does not pass mail on for us: ${serverWords(fault)}; write user name and password into ${MAIL_URL}, or let the server trust this machine.`;
      }
      return `${where} refused the sender: ${serverWords(fault)}; check mail.from.`;
    default:
      return isCertificateFault(fault)
        ? `${where} has a certificate that is not trusted (${words(fault.message)}); use the name the certificate is for in ${MAIL_URL}, or make its authority known by NODE_EXTRA_CA_CERTS.`
        : `${where} cannot be used: ${words(fault.message)}; check ${MAIL_URL}.`;
  }
}

function isCertificateFault(fault: SmtpFault): boolean {
  return /certificate|CERT_|self.signed/i.test(`${String(fault.originalCode)} ${String(fault.message)}`);
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
