import { z } from 'zod';

/** What of Jellyfin is not for guests from outside. */
export const guardSection = z
  .strictObject({
    lanRoutes: z.boolean().default(true).meta({
      description:
        'Until Jellyfin is seen to tell clients apart (Known proxies), refuse to guests from outside what it opens to the home network without a sign-in: restarting the server, its own password reset, DLNA.',
    }),
    wizard: z.boolean().default(true).meta({
      description:
        'Keep the start-up wizard for the home network while it is open, and answer 404 in its place once it is done.',
    }),
    homeOnly: z.boolean().default(true).meta({
      description:
        'Keep for the home network what nobody outside needs: the description of the API (/api-docs), which costs the server much, and the log that is shown during a start.',
    }),
  })
  .prefault({})
  .meta({
    description:
      'What of Jellyfin is not for guests from outside. The home network is loopback and the private address ranges.',
  });
