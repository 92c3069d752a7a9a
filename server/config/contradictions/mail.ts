import { isSendmail, MAIL_URL_EXAMPLE } from '../mail-url.ts';
import { type ContradictionRule, doubtful, sure } from './contradiction.ts';

/** One thing names the server. */
const server: ContradictionRule = (written) => {
  if (!written.has('mail')) return [];
  const [hasUrl, hasProvider] = [written.has('mail.url'), written.has('mail.provider')];
  if (hasUrl && hasProvider)
    return [sure(['mail', 'provider'], 'names the mail server, and so does mail.url; remove one of the two')];
  if (hasUrl || hasProvider) return [];
  // A name that is none says enough by itself.
  if (['host', 'server', 'port', 'smtp'].some((part) => written.has(`mail.${part}`))) return [];
  const message = `is missing. The mail server, as ${MAIL_URL_EXAMPLE}; or name your provider in mail.provider.`;
  return [sure(['mail', 'url'], message)];
};

/** One thing says how to sign in, and says all of it. */
const signIn: ContradictionRule = (written) => {
  const [hasUser, hasPassword] = [written.has('mail.user'), written.has('mail.password')];
  const isInUrl = (written.address('mail.url')?.username ?? '') !== '';
  const hasOauth2 = written.has('mail.oauth2');
  if (hasOauth2 && (hasUser || hasPassword || isInUrl)) {
    const message =
      'signs in without a password, and there is one too (mail.password, or in mail.url); remove one of the two';
    return [sure(['mail', 'oauth2'], message)];
  }
  if (isInUrl && (hasUser || hasPassword)) {
    const field = hasUser ? 'user' : 'password';
    return [sure(['mail', field], 'is in mail.url too; keep one')];
  }
  if (hasUser && !hasPassword)
    return [sure(['mail', 'user'], 'needs mail.password beside it, or GATEHOUSE_MAIL__PASSWORD_FILE')];
  if (hasPassword && !hasUser)
    return [sure(['mail', 'password'], 'needs mail.user beside it, the name to sign in with')];
  if (written.has('mail.provider') && !hasUser && !hasOauth2)
    return [sure(['mail', 'provider'], 'needs mail.user and mail.password beside it, or mail.oauth2')];
  return [];
};

/** A program of this machine has no connection that could be safe or not. */
const sendmail: ContradictionRule = (written) => {
  const url = written.value('mail.url');
  if (typeof url !== 'string' || !isSendmail(url)) return [];
  return ['user', 'password', 'oauth2', 'caFile', 'certificate', 'requireTls', 'name']
    .filter((field) => written.has(`mail.${field}`))
    .map((field) =>
      sure(
        ['mail', field],
        'is for a mail server, and mail.url names the sendmail of this machine; remove one of the two',
      ),
    );
};

/** The refresh token is said once, and an app that signs in as itself has a secret. */
const oauth2: ContradictionRule = (written) => {
  if (!written.has('mail.oauth2')) return [];
  const has = (field: string) => written.has(`mail.oauth2.${field}`);
  if (has('refreshToken') && has('refreshTokenFile')) {
    const message = 'is in refreshTokenFile too; keep one';
    return [sure(['mail', 'oauth2', 'refreshToken'], message)];
  }
  if (has('refreshToken') || has('refreshTokenFile') || has('clientSecret')) return [];
  const message =
    'needs refreshToken (or refreshTokenFile); or clientSecret, for an app that signs in as itself';
  return [sure(['mail', 'oauth2'], message)];
};

/** A key, once; and a signature that counts for the sender. */
const dkim: ContradictionRule = (written) => {
  if (!written.has('mail.dkim')) return [];
  const [hasKey, hasFile] = [written.has('mail.dkim.key'), written.has('mail.dkim.keyFile')];
  if (hasKey && hasFile) return [sure(['mail', 'dkim', 'key'], 'is in keyFile too; keep one')];
  if (!hasKey && !hasFile)
    return [sure(['mail', 'dkim'], 'needs keyFile, the file with the private key, or key')];
  const domain = written.value('mail.dkim.domain');
  const from = /@([^\s<>@]+?)>?\s*$/.exec(String(written.value('mail.from')))?.[1]?.toLowerCase();
  if (typeof domain !== 'string' || from === undefined) return [];
  const signs = domain.toLowerCase();
  if (from === signs || from.endsWith(`.${signs}`) || signs.endsWith(`.${from}`)) return [];
  const message = `is ${signs}, and mails are from ${from}: receivers who ask for DMARC count no signature of another domain`;
  return [doubtful(['mail', 'dkim', 'domain'], message)];
};

/** What fields of `mail` need of each other. */
export const MAIL_RULES: readonly ContradictionRule[] = [server, signIn, sendmail, oauth2, dkim];
