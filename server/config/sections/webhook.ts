import { z } from 'zod';
import { sharedSecret } from '../shared-secret.ts';
import { webAddress } from '../web-address.ts';

/** What an address on this channel is made of: nothing that could lead to another place of the server. */
export const WEBHOOK_NAME = /^[A-Za-z0-9_][A-Za-z0-9_@+.-]{0,127}$/;

/** What each format cannot do without, and what to write. */
const NEEDS = {
  json: ['secret', 'the key that bodies are signed with: openssl rand -hex 32'],
  ntfy: undefined,
  gotify: ['recipients', 'who may get messages, each with the token of an application of theirs'],
  apprise: ['key', 'the name under which Apprise keeps the configuration'],
} as const;

/** A service of one's own that takes messages over HTTP. */
export const webhookSection = z
  .strictObject({
    url: webAddress('https://ntfy.example.org').meta({
      description:
        'Where messages go: for json the whole address, for ntfy, gotify and apprise that of the server.',
    }),
    format: z.enum(['json', 'ntfy', 'gotify', 'apprise']).default('json').meta({
      description:
        'What the other side understands: json, signed, for a program of your own; ntfy, gotify or apprise (Apprise API).',
    }),
    name: z
      .string()
      .regex(/^[^\p{Cc}<>]{1,40}$/u, 'must be a name of at most 40 characters')
      .default('Webhook')
      .meta({ description: 'What logs call the service in sentences.' }),
    secret: sharedSecret.optional().meta({
      description:
        'For json: the key of the signature (HMAC-SHA-256); make it with openssl rand -hex 32. Better kept in a file: GATEHOUSE_WEBHOOK__SECRET_FILE.',
    }),
    previousSecret: sharedSecret.optional().meta({
      description:
        'For json, while the key is changed: the one before. As long as it stands here, bodies are signed with both.',
    }),
    token: z
      .string()
      .regex(/^[\x21-\x7e]{1,512}$/, 'must be the token as it is shown, without spaces')
      .optional()
      .meta({
        description:
          'For ntfy: an access token, where the topics are not for everybody. Better kept in a file: GATEHOUSE_WEBHOOK__TOKEN_FILE.',
      }),
    key: z
      .string()
      .regex(/^[A-Za-z0-9_-]{1,128}$/, 'must have 1 to 128 letters, digits, - or _')
      .optional()
      .meta({
        description: 'For apprise: the key of the configuration that is kept there.',
      }),
    recipients: z
      .array(
        z.strictObject({
          name: z
            .string()
            .regex(WEBHOOK_NAME, 'must begin with a letter or digit and hold letters, digits or _ @ + . -')
            .meta({ description: 'What people type as their address.' }),
          token: z
            .string()
            .regex(/^[A-Za-z0-9._-]{1,128}$/, 'must be the token of an application as Gotify shows it')
            .meta({ description: 'Token of an application of that person, as Gotify shows it.' }),
        }),
      )
      .min(1, 'must have an entry for each person')
      .max(1000, 'must have at most 1000 entries')
      .optional()
      .meta({
        description:
          'For gotify, where a token is what a message goes to: the people who can be reached, and the token of an application of each.',
      }),
  })
  .superRefine((section, context) => {
    const [field, what] = NEEDS[section.format] ?? [];
    if (field !== undefined && section[field] === undefined)
      context.addIssue({
        code: 'custom',
        message: `needs ${field} with format ${section.format}: ${what}`,
      });
  })
  .meta({ description: 'Messages over HTTP to a service of your own, ntfy, Gotify or Apprise.' });
