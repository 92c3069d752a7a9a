import { z } from 'zod';
import { defineMod } from '../../kit/define-mod.ts';
import { replacements } from '../../kit/replacements.ts';

/** Replaces text in the files of the client: the last resort, for what no other mod can change. */
export const rewrite = defineMod({
  name: 'rewrite',
  title: 'Replace text in the client’s own files',
  jellyfin: '>=10.8 <13',
  options: z.strictObject({
    changes: replacements().meta({
      description:
        'Texts that are replaced, one after the other, in whatever files of the client they stand. The last resort: an update of Jellyfin may change any of them, and gatehouse check, the log and the health page then name the one that is found no more. Cannot have when, and needs cache.web. A browser that kept a file from before may show it for some days more, unless it is loaded anew with Ctrl+F5.',
    }),
  }),
  example: {
    changes: [
      {
        find: '"HeaderPleaseSignIn":"Please sign in"',
        replace: '"HeaderPleaseSignIn":"Who is there?"',
        count: 1,
        in: 'script',
      },
    ],
  },
  isLast: true,
  hooks: ({ changes }) => ({ replacements: changes }),
});
