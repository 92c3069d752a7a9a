import { z } from 'zod';
import { hideInTopBar, LOGIN_PAGE, TOP_BAR } from '../../jellyfin/login-page.ts';
import { defineMod } from '../../kit/define-mod.ts';

const { page, content, headings, headingLine, fields, quietLabels, submit } = LOGIN_PAGE;

/** A card in the middle of the page, dark under every theme, so that its text is readable on every picture. */
const CARD = `${page} { display: flex; flex-direction: column; align-items: center; }
${content} { box-sizing: border-box; flex: none; margin: auto; color: #fff; }
${quietLabels} { color: rgba(255, 255, 255, 0.8); }`;

const STYLES = {
  plain: [],
  centered: [
    CARD,
    `${content} {
  width: 30em;
  max-width: 92%;
  padding: 1.5em 2em 2em !important;
  border-radius: 0.8em;
  background: rgba(16, 16, 16, 0.85);
  box-shadow: 0 0.5em 2em rgba(0, 0, 0, 0.4);
}`,
  ],
  netflix: [
    CARD,
    `${content} {
  width: 33em;
  max-width: 100%;
  min-height: 40em;
  padding: 3.5em 4.5em 3em !important;
  border-radius: 0.3em;
  background: rgba(0, 0, 0, 0.78);
}
${headingLine} { justify-content: flex-start; padding: 0; }
${headings.join(', ')} { margin: 0 0 0.8em; font-size: 2.1em; font-weight: 700; }
${fields} { padding: 0.9em 1em; border-radius: 0.25em; }
${submit} { margin-top: 1.5em; padding: 1.1em 1em; }
@media (max-width: 40em) {
  ${page} { padding-top: 0 !important; }
  ${content} { width: 100%; min-height: 100%; padding: 5em 1.5em 2em !important; border-radius: 0; }
}`,
  ],
} as const;

/** For the eyes only: programs that read the page aloud still find their way by it. */
const HIDE_HEADING = `${headings.join(', ')} {
  position: absolute;
  width: 1px;
  height: 1px;
  margin: -1px;
  overflow: hidden;
  clip: rect(0, 0, 0, 0);
  white-space: nowrap;
}`;

/** Lays the sign-in form out as a card, and takes away what a private server may not need. */
export const loginLayout = defineMod({
  name: 'login-layout',
  title: 'The sign-in form as a card',
  jellyfin: '>=10.8 <13',
  options: z.strictObject({
    style: z
      .enum(['centered', 'netflix', 'plain'])
      .default('centered')
      .meta({
        description:
          '"centered" is a card in the middle of the page, "netflix" a tall one with a large heading that fills a phone, ' +
          '"plain" leaves the form as Jellyfin has it.',
      }),
    hideHeading: z.boolean().default(false).meta({
      description: 'Whether "Please sign in" goes away; programs that read the page aloud still find it.',
    }),
    hideTopBar: z
      .boolean()
      .default(false)
      .meta({ description: 'Whether the bar on top goes away before signing in.' }),
  }),
  example: { style: 'netflix', hideHeading: false, hideTopBar: true },
  hooks: ({ style, hideHeading, hideTopBar }) => ({
    css: [
      ...STYLES[style],
      ...(hideHeading ? [HIDE_HEADING] : []),
      ...(hideTopBar ? [hideInTopBar(TOP_BAR.all)] : []),
    ].join('\n'),
  }),
});
