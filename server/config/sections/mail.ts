import { domainToASCII } from 'node:url';
import { z } from 'zod';
import { isLoopbackHost } from '../../../injector/addresses/networks.ts';
import { addressOfProvider, MAIL_PROVIDER_NAMES, type MailProviderName } from '../mail-providers.ts';
import { findMailUrlFault, isSendmail, MAIL_URL_EXAMPLE } from '../mail-url.ts';
import { dkimGroup } from './mail-dkim.ts';
import { oauth2Group } from './mail-oauth2.ts';

/** Spaces, angle brackets, commas and the like would let one address become two. */
const ADDRESS = /^[^\s<>,;:"()[\]\\@]{1,64}@[^\s<>,;:"()[\]\\@]{1,190}$/;

/** Control signs would begin a new header; those that show nothing or turn the direction let a sender look like another. */
const UNSEEN = /[\p{Cc}\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/u;

const mailUrl = z.string().superRefine((text, context) => {
  const fault = findMailUrlFault(text);
  if (fault !== undefined) context.addIssue({ code: 'custom', message: fault });
});

const sender = z
  .string()
  .max(320)
  .transform((text, context) => {
    const named = /^([^<>]*)<([^<>]*)>$/.exec(text.trim());
    const name = (named?.[1] ?? '').trim().replace(/^"(.*)"$/, '$1');
    const address = normalAddress((named?.[2] ?? text).trim());
    if (!ADDRESS.test(address) || UNSEEN.test(`${name}${address}`)) {
      context.addIssue({
        code: 'custom',
        message: 'must be an address, or a name and an address as in Jellyfin <noreply@example.org>',
      });
      return z.NEVER;
    }
    return { name: name.normalize('NFC'), address };
  });

/** The domain as DNS has it, and one form for letters that may be written in two. */
function normalAddress(text: string): string {
  const at = text.lastIndexOf('@');
  const domain = text.slice(at + 1);
  // Not of plain domains: what is wrong with those is told as it was written.
  const ascii = /[^\p{ASCII}]/u.test(domain) ? domainToASCII(domain) : domain;
  return `${text.slice(0, at + 1)}${ascii}`.normalize('NFC');
}

const file = z.string().min(1, 'must be the path of a file');

/**
 * How messages go out by mail. Its output has one `url` for whatever names the server, `requireTls` settled and the senders
 * split into name and address. What fields need of each other is in `contradictions/mail.ts`.
 */
export const mailSection = z
  .strictObject({
    url: mailUrl.optional().meta({
      description: `The mail server, as ${MAIL_URL_EXAMPLE}, or smtps:// where TLS begins at once (port 465), or sendmail: for /usr/sbin/sendmail of this machine (sendmail:///path for another). Percent-encode special characters of the password, or write it to mail.password. Better kept in a file: GATEHOUSE_MAIL__URL_FILE.`,
    }),
    provider: z.enum(MAIL_PROVIDER_NAMES).optional().meta({
      description:
        'The mail provider, in place of url: its server, port and TLS are known. docs/mail.md says what each wants as user and password.',
    }),
    user: z.string().min(1, 'must not be empty').max(320).optional().meta({
      description: 'The name to sign in with at the mail server, in place of one in url.',
    }),
    password: z.string().min(1, 'must not be empty').max(1024).optional().meta({
      description:
        'The password that belongs to user, written as it is; many providers want an app password. Better kept in a file: GATEHOUSE_MAIL__PASSWORD_FILE.',
    }),
    oauth2: oauth2Group.optional(),
    from: sender.meta({ description: 'Who the mails are from: an address, or Name <address>.' }),
    replyTo: sender.optional().meta({
      description: 'Who answers go to, where that is not from: an address, or Name <address>.',
    }),
    logoFile: file.optional().meta({
      description:
        'A picture at the top of mails, PNG or JPEG of at most 100 kB; shown 48 pixels high. It travels within the mail, so that nothing is fetched when one is opened. Relative to the folder of this file. Left out, there is none.',
    }),
    dkim: dkimGroup.optional(),
    name: z
      .string()
      .regex(
        /^(?:[A-Za-z0-9.-]{1,253}|\[[0-9A-Za-z:.]{2,60}\])$/,
        'must be a host name as in media.example.org, or an address in brackets as in [192.0.2.1]',
      )
      .optional()
      .meta({
        description:
          'The name Gatehouse gives itself to the mail server (EHLO). Default: the host of public.url.',
      }),
    caFile: file.optional().meta({
      description:
        "File with the certificate authority (PEM) that the mail server's certificate comes from, or with the certificate itself where it is self-signed; no other is then trusted. Relative to the folder of this file. Left out, those of the system are.",
    }),
    certificate: z
      .string()
      .regex(
        /^sha256:(?:[0-9A-Fa-f]{64}|(?:[0-9A-Fa-f]{2}:){31}[0-9A-Fa-f]{2})$/,
        'must be the SHA-256 fingerprint of the certificate, as in sha256:AB:CD:… (32 pairs of hex digits); gatehouse doctor shows it',
      )
      .transform((text) => `sha256:${text.slice(7).replaceAll(':', '').toLowerCase()}`)
      .optional()
      .meta({
        description:
          'Fingerprint of the one certificate the mail server may show, whatever name is in it and whoever issued it (with caFile, that authority), as sha256:AB:CD:…: for a self-signed relay or Proton Mail Bridge in another container. openssl x509 -noout -fingerprint -sha256 -in FILE shows it, and gatehouse doctor what the server has.',
      }),
    requireTls: z.boolean().optional().meta({
      description:
        'Whether a mail server without TLS is refused. Default: true, except when the mail server is this very machine.',
    }),
  })
  .transform(({ requireTls, url, user, password, ...section }) => {
    const whole = wholeUrl(url, section.provider, user, password);
    const isTrustSaid = (section.caFile ?? section.certificate) !== undefined;
    return {
      ...section,
      url: whole,
      // Whoever says which certificate to trust wants one.
      requireTls: requireTls ?? (!isHere(whole) || isTrustSaid),
    };
  })
  .meta({ description: 'How messages go out by mail. Needed when `reset` is given.' });

/** One address for what may be said in four fields. */
function wholeUrl(
  url: string | undefined,
  provider: MailProviderName | undefined,
  user: string | undefined,
  password: string | undefined,
): string {
  const text = url ?? (provider === undefined ? '' : addressOfProvider(provider));
  if (user === undefined || password === undefined) return text;
  return text.replace('://', () => `://${encodeURIComponent(user)}:${encodeURIComponent(password)}@`);
}

/** Whether the mail server is this very machine. */
function isHere(url: string): boolean {
  return isSendmail(url) || (URL.canParse(url) && isLoopbackHost(new URL(url).hostname));
}
