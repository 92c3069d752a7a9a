import { z } from 'zod';
import { defineMod } from '../../kit/define-mod.ts';
import { fileOption } from '../../kit/file-option.ts';

/** Runs a script of an admin's own in the web client, as an external one of ours, so that a strict CSP lets it pass. */
export const customScript = defineMod({
  name: 'custom-script',
  title: 'A script of your own in the web client',
  jellyfin: '>=10.8 <13',
  options: z.strictObject({
    file: fileOption('script').meta({
      description:
        'The script: a path beside config.yaml, or an address that Gatehouse fetches itself. It can do whatever the person who is signed in can do, so take only what you trust; everybody who opens the login page can read it.',
    }),
    on: z.enum(['every-page', 'signed-in']).default('every-page').meta({
      description:
        '"every-page" runs it when the page has been read, before signing in too, once for each load of the page; what it did stays until the next. "signed-in" runs it once somebody is signed in, and loads the page anew when that person signs out, so that the next one starts without what it did.',
    }),
  }),
  example: { file: 'scripts/ours.js', on: 'signed-in' },
  isLast: true,
  hooks({ file, on }, files) {
    const { href } = files.get(file);
    if (on === 'signed-in') return { client: { src: href } };
    // Not before Jellyfin's own scripts, which it would hold up.
    return { tags: [{ tag: 'script', attributes: { src: href, defer: true }, place: 'head-end' }] };
  },
});
