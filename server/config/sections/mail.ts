import { z } from 'zod';
import { isLoopbackHost } from '../../../injector/addresses/networks.ts';
import { isDecodable } from '../web-address.ts';

const EXAMPLE = 'smtp://user:password@mail.example.org:587';
/** Spaces, angle brackets, commas and the like would let one address become two. */
const ADDRESS = /^[^\s<>,;:"()[\]\\@]{1,64}@[^\s<>,;:"()[\]\\@]{1,190}$/;

const mailUrl = z.string().superRefine((text, context) => {
  const fault = findUrlFault(text);
  if (fault !== undefined) context.addIssue({ code: 'custom', message: fault });
});

const sender = z
  .string()
  .max(320)
  .transform((text, context) => {
    const named = /^([^<>]*)<([^<>]*)>$/.exec(text.trim());
    const name = (named?.[1] ?? '').trim().replace(/^"(.*)"$/, '$1');
    const address = (named?.[2] ?? text).trim();
    // biome-ignore lint/suspicious/noControlCharactersInRegex: a line break here would begin a new mail header.
    if (!ADDRESS.test(address) || /[\x00-\x1f\x7f]/.test(name)) {
      context.addIssue({
        code: 'custom',
        message: 'must be an address, or a name and an address as in Jellyfin <noreply@example.org>',
      });
      return z.NEVER;
    }
    return { name, address };
  });

/** The mail server. Its output has `requireTls` settled and the sender split into name and address. */
export const mailSection = z
  .strictObject({
    url: mailUrl.meta({
      description: `The mail server, as ${EXAMPLE}, or smtps:// where TLS begins at once (port 465). Percent-encode special characters of the password. Better kept in a file: GATEHOUSE_MAIL__URL_FILE.`,
    }),
    from: sender.meta({ description: 'Who the mails are from: an address, or Name <address>.' }),
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
    caFile: z.string().min(1, 'must be the path of a file').optional().meta({
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
  .transform(({ requireTls, ...section }) => ({
    ...section,
    // Whoever says which certificate to trust wants one.
    requireTls: requireTls ?? (!isHere(section.url) || (section.caFile ?? section.certificate) !== undefined),
  }))
  .meta({ description: 'How messages go out. Needed when `reset` is given.' });

/** Whether the mail server is this very machine. */
function isHere(url: string): boolean {
  return URL.canParse(url) && isLoopbackHost(new URL(url).hostname);
}

function findUrlFault(text: string): string | undefined {
  if (!/^smtps?:\/\//i.test(text)) return `must begin with smtp:// or smtps://, as in ${EXAMPLE}`;
  if (/[/?#]/.test(text.slice(text.indexOf('//') + 2).replace(/\/$/, ''))) {
    return 'must end after the port; in a password, / is written %2F, ? is %3F and # is %23';
  }
  if (/\s/.test(text)) return 'must not hold spaces; in a password, a space is written %20';
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || url.hostname === '') return `must name a mail server, as in ${EXAMPLE}`;
  if (url.username !== '' && url.password === '')
    return `has a user name and no password; write it as in ${EXAMPLE}`;
  if (url.username === '' && url.password !== '')
    return `has a password and no user name; write it as in ${EXAMPLE}`;
  return isDecodable(url.username) && isDecodable(url.password)
    ? undefined
    : 'has a % that encodes nothing; in a user name or password, % itself is written %25';
}
