import { z } from 'zod';
import { webAddress } from './web-address.ts';

/** The server behind. */
export const jellyfinSection = z
  .strictObject({
    url: webAddress('http://127.0.0.1:8096').meta({
      description:
        'Address of the Jellyfin server, such as http://127.0.0.1:8096, with its base path if it has one (http://127.0.0.1:8096/jellyfin).',
    }),
    apiKey: z
      .string()
      .regex(
        /^[A-Za-z0-9_-]{1,256}$/,
        'must be the key as Jellyfin shows it (letters and digits only): Dashboard, API Keys',
      )
      .optional()
      .meta({
        description:
          'API key made in Jellyfin under Dashboard, API Keys. Needed when `reset` is given. Better kept in a file: GATEHOUSE_JELLYFIN__API_KEY_FILE.',
      }),
  })
  .prefault({} as { url: string })
  .meta({
    description: 'The Jellyfin server behind Gatehouse. Its url is the only field that must be given.',
  });
