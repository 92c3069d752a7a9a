import { z } from 'zod';
import { defineMod } from '../../kit/define-mod.ts';
import { htmlElement } from '../../kit/html-element.ts';

/** Puts elements of an admin's own into the page of the web client. */
export const customHtml = defineMod({
  name: 'custom-html',
  title: 'Your own elements in the page',
  jellyfin: '>=10.8 <13',
  options: z.strictObject({
    elements: z.array(htmlElement()).min(1).max(50).meta({
      description:
        'The elements, in this order: for the head meta and link, for the end of the body what shows text, links and pictures. Rules for them go into custom-css.',
    }),
  }),
  example: {
    elements: [
      { tag: 'meta', attributes: { name: 'robots', content: 'noindex' } },
      {
        tag: 'a',
        attributes: { href: 'https://status.example.org', class: 'our-status', target: '_blank' },
        text: 'Is it down?',
      },
    ],
  },
  isLast: true,
  hooks: ({ elements }) => ({ tags: elements }),
});
