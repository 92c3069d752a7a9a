import { isDecodable } from './web-address.ts';

/** What `mail.url` looks like. */
export const MAIL_URL_EXAMPLE = 'smtp://user:password@mail.example.org:587';

/** Where Unix has it. Source: FHS 3.0 section 4.10, and every mail server's own link there. */
const USUAL_SENDMAIL = '/usr/sbin/sendmail';

/** Whether `mail.url` names a program of this machine in place of a server. */
export function isSendmail(url: string): boolean {
  return /^sendmail:/i.test(url);
}

/** The program that `sendmail:` or `sendmail:///path` names. */
export function sendmailPath(url: string): string {
  const path = url.slice('sendmail:'.length).replace(/^\/\//, '');
  return path === '' ? USUAL_SENDMAIL : path;
}

/** What is wrong with `mail.url`, as the end of a sentence that begins with it; undefined when nothing is. */
export function findMailUrlFault(text: string): string | undefined {
  if (isSendmail(text)) return findPathFault(text);
  if (!/^smtps?:\/\//i.test(text))
    return `must begin with smtp://, smtps:// or sendmail:, as in ${MAIL_URL_EXAMPLE}`;
  if (/[/?#]/.test(text.slice(text.indexOf('//') + 2).replace(/\/$/, ''))) {
    return 'must end after the port; in a password, / is written %2F, ? is %3F and # is %23';
  }
  if (/\s/.test(text)) return 'must not hold spaces; in a password, a space is written %20';
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || url.hostname === '') return `must name a mail server, as in ${MAIL_URL_EXAMPLE}`;
  if (url.username !== '' && url.password === '')
    return `has a user name and no password; write it as in ${MAIL_URL_EXAMPLE}`;
  if (url.username === '' && url.password !== '')
    return `has a password and no user name; write it as in ${MAIL_URL_EXAMPLE}`;
  return isDecodable(url.username) && isDecodable(url.password)
    ? undefined
    : 'has a % that encodes nothing; in a user name or password, % itself is written %25';
}

/** A program is named by its whole path, and gets no arguments from here. */
function findPathFault(text: string): string | undefined {
  return /^sendmail:$|^sendmail:\/\/\/[\w.+/-]{1,500}$/i.test(text)
    ? undefined
    : 'must be sendmail: alone, or sendmail:// and the whole path of the program, as in sendmail:///usr/sbin/sendmail; arguments have no place in it';
}
