import { z } from 'zod';
import { defineMod } from '../../kit/define-mod.ts';

/** Adds a notice to what Jellyfin's branding settings show below the sign-in form. */
export const loginNotice = defineMod({
  name: 'login-notice',
  title: 'A notice on the login page',
  jellyfin: '>=10.8 <13',
  options: z.strictObject({
    text: z.string().trim().min(1).max(4000).meta({
      description:
        'The notice, in Markdown; it stands below the sign-in form, after the disclaimer set in Jellyfin if there is one.',
    }),
  }),
  example: { text: 'New here? Ask [Ada](mailto:ada@example.org) for an account.' },
  // The client itself renders the text and cleans it (Markdown, then DOMPurify), so it stands where all versions look for it.
  hooks: ({ text }) => ({
    json: { branding: { LoginDisclaimer: (disclaimer) => append(disclaimer, text) } },
  }),
});

function append(disclaimer: unknown, text: string): unknown {
  const before = typeof disclaimer === 'string' ? disclaimer.trimEnd() : '';
  if (before === '') return text;
  // A blank line makes a paragraph of its own; an answer that went through us before already has it.
  return before === text || before.endsWith(`\n\n${text}`) ? disclaimer : `${before}\n\n${text}`;
}
