import { z } from 'zod';
import { isLoopbackHost } from '../../../injector/addresses/networks.ts';

const text = (max: number) =>
  z
    .string()
    .min(1, 'must not be empty')
    .max(max)
    .regex(/^[\x21-\x7e]+$/, 'must be one word, without spaces and line breaks; was it copied whole?');

/** Secrets go there; nobody may read them on their way. */
function isSafe(address: string): boolean {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || url.username !== '' || url.password !== '' || url.hash !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopbackHost(url.hostname));
}

/** Signing in at the mail server without a password. Source: RFC 6749 sections 4.4 and 6. */
export const oauth2Group = z
  .strictObject({
    user: z.string().min(1, 'must not be empty').max(320).meta({
      description: 'The mailbox to sign in to, such as films@example.org.',
    }),
    clientId: text(512).meta({ description: 'The id of the app that you registered with the provider.' }),
    clientSecret: text(1024).optional().meta({
      description:
        'The secret of that app, where it has one. Better kept in a file: GATEHOUSE_MAIL__OAUTH2__CLIENT_SECRET_FILE.',
    }),
    refreshToken: text(8192).optional().meta({
      description:
        'The refresh token of that mailbox. Left out together with refreshTokenFile, the app signs in as itself (client credentials), as Microsoft 365 can have it.',
    }),
    refreshTokenFile: z.string().min(1, 'must be the path of a file').optional().meta({
      description:
        'File with the refresh token, in place of refreshToken. Where the provider hands out a new one with each use (Microsoft), Gatehouse writes it there, and must be allowed to. Relative to the folder of this file.',
    }),
    tokenUrl: z
      .string()
      .max(2048)
      .refine(isSafe, 'must be an https:// address, as in https://oauth2.googleapis.com/token')
      .meta({
        description:
          'Where access tokens come from: https://oauth2.googleapis.com/token for Google, https://login.microsoftonline.com/TENANT/oauth2/v2.0/token for Microsoft.',
      }),
    scope: z
      .string()
      .max(1024)
      .regex(/^[\x20-\x7e]+$/, 'must be words with single spaces between them')
      .optional()
      .meta({
        description:
          'What the token shall be good for, where the provider wants it said again: https://outlook.office365.com/.default for an app of Microsoft 365 that signs in as itself.',
      }),
  })
  .meta({ description: 'Signs in at the mail server by OAuth2 (XOAUTH2) in place of a password.' });

/** What is read of it. */
export type Oauth2Options = z.output<typeof oauth2Group>;
