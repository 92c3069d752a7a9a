import { z } from 'zod';
import { webAddress } from './web-address.ts';

/** A unix socket, with the base path behind another colon: `unix:/run/jellyfin.sock:/jellyfin`, as nginx writes it. */
const UNIX_SOCKET = /^unix:\/[^:?#\s]*[^:?#\s/](?::\/[^?#\s]*)?$/;

/** The server behind. */
export const jellyfinSection = z
  .strictObject({
    url: webAddress('http://127.0.0.1:8096', UNIX_SOCKET).meta({
      description:
        'Address of the Jellyfin server, such as http://127.0.0.1:8096, with its base path if it has one (http://127.0.0.1:8096/jellyfin). A unix socket is written unix:/run/jellyfin.sock, with a base path unix:/run/jellyfin.sock:/jellyfin.',
    }),
    caFile: z.string().min(1, 'must be the path of a file').optional().meta({
      description:
        "File with the certificate authority (PEM) that Jellyfin's https certificate comes from; no other is then trusted. Relative to the folder of this file. Left out, those of the system are.",
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
