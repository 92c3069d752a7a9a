import { z } from 'zod';

/** Labels with dots between them. */
const NAME = /^[A-Za-z0-9](?:[\w-]|\.(?=[A-Za-z0-9]))*$/;

/** Signing mails with DKIM, for who sends without a provider that does. Source: RFC 6376. */
export const dkimGroup = z
  .strictObject({
    domain: z
      .string()
      .max(253)
      .regex(NAME, 'must be a domain such as example.org')
      .meta({ description: 'The domain that signs, such as example.org: that of from, or one above it.' }),
    selector: z
      .string()
      .max(63)
      .regex(NAME, 'must be the first part of the name of the DNS record, as in mail for mail._domainkey')
      .meta({
        description: 'Which of its keys: SELECTOR._domainkey.DOMAIN is the DNS record with the public one.',
      }),
    keyFile: z.string().min(1, 'must be the path of a file').optional().meta({
      description:
        'File with the private RSA key (PEM), of at least 1024 bits, better 2048. Relative to the folder of this file.',
    }),
    key: z.string().min(1, 'must not be empty').max(16_384).optional().meta({
      description:
        'That key itself, in place of keyFile. GATEHOUSE_MAIL__DKIM__KEY_FILE may name a file with it.',
    }),
  })
  .meta({
    description:
      'Signs every mail with DKIM. Not needed where the mail server does so itself, as every provider does.',
  });

/** What is read of it. */
export type DkimOptions = z.output<typeof dkimGroup>;
