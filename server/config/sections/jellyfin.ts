import { z } from 'zod';
import { webAddress } from '../web-address.ts';

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
          'API key made in Jellyfin under Dashboard, API Keys; on Jellyfin 10.8, where no key may set a password, the access token of an administrator. `reset` needs it, or dataFolder. Better kept in a file: GATEHOUSE_JELLYFIN__API_KEY_FILE.',
      }),
    dataFolder: z.string().min(1, 'must be auto, or the path of a folder').optional().meta({
      description:
        "Jellyfin's data folder, where it writes passwordreset*.json, as Gatehouse sees it; reading it is enough. auto looks where the usual installations have it. With it passwords are reset without an API key; with both, the key is used. Relative to the folder of this file.",
    }),
    watchDataFolder: z.enum(['auto', 'poll', 'off']).default('auto').meta({
      description:
        'Whether somebody who asks Jellyfin itself for a reset, past Gatehouse, gets a message too. auto: as the system tells of new files, or by looking every few seconds on a network share. poll: always by looking. off: no.',
    }),
  })
  .prefault({} as { url: string })
  .meta({
    description: 'The Jellyfin server behind Gatehouse. Its url is the only field that must be given.',
  });
