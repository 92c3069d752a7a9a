import { z } from 'zod';
import { defineMod, type Tag } from '../../kit/define-mod.ts';
import { htmlElement } from '../../kit/html-element.ts';

/** Puts elements of an admin's own into the page of the web client. */
export const customHtml = defineMod({
  name: 'custom-html',
  title: 'Your own elements in the page',
  jellyfin: '>=10.8 <13',
  options: z.strictObject({
    elements: z.array(htmlElement()).min(1).max(50).meta({
      description:
        'The elements, in this order: for the head meta and link, for the end of the body what shows text, links and pictures. Without `corner` these stand at the top left, behind the bar on top, where nobody sees or presses them until rules in custom-css put them elsewhere.',
    }),
    corner: z.enum(['bottom-left', 'bottom-right']).optional().meta({
      description:
        'Corner of the window in which what is shown stands, in front of pages and behind dialogs and films, the first element undermost. Left out: where your own rules put it.',
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
    corner: 'bottom-left',
  },
  isLast: true,
  hooks({ elements, corner }) {
    if (corner === undefined) return { tags: elements };
    const rules: string[] = [];
    const tags = elements.map((element): Tag => {
      if (element.place !== 'body-end') return element;
      rules.push(`[data-gatehouse-${corner}="${rules.length + 1}"] { bottom: ${rules.length * 3 + 1}em; }`);
      return {
        ...element,
        attributes: { ...element.attributes, [`data-gatehouse-${corner}`]: `${rules.length}` },
      };
    });
    // Below the header and films, which the client has at 999 and 1000.
    const box = `[data-gatehouse-${corner}] {
  position: fixed;
  ${corner === 'bottom-left' ? 'left' : 'right'}: 1em;
  z-index: 998;
  max-width: 20em;
  padding: 0.5em 1em;
  border-radius: 0.3em;
  background: rgba(0, 0, 0, 0.8);
  color: #fff;
}`;
    return { tags, ...(rules.length > 0 && { css: [box, ...rules].join('\n') }) };
  },
});
