import type { Language } from '../../injector/kit/translations.ts';
import { type Html, html, join } from './html.ts';
import type { Message } from './message.ts';

/** A message before it has a form. */
export interface Content {
  readonly subject: string;
  readonly greeting: string;
  /** Paragraphs above the button. */
  readonly before: readonly string[];
  /** The one thing to do; left out of notices. */
  readonly action?: {
    readonly label: string;
    readonly url: string;
    /** Says what to do where the button does not work. */
    readonly fallback: string;
  };
  /** Paragraphs below the button. */
  readonly after: readonly string[];
}

// Colours that read well on white and when a mail program turns them dark; styles inline, as many programs drop sheets.
const FONT = 'font-family:-apple-system,Segoe UI,Roboto,Helvetica,Arial,sans-serif;';
const PARAGRAPH = `margin:0 0 16px;font-size:16px;line-height:1.5;${FONT}`;
const SMALL = `margin:0 0 16px;font-size:14px;line-height:1.5;word-break:break-all;${FONT}`;
const BUTTON =
  'display:inline-block;padding:12px 24px;border-radius:4px;background:#00739c;color:#ffffff;' +
  `font-size:16px;font-weight:600;text-decoration:none;${FONT}`;

/** Gives a message its two forms. The link of both is the same, letter by letter. */
export function layOut(content: Content, language: Language): Message {
  return { subject: content.subject, text: toText(content), html: toHtml(content, language) };
}

function toText({ greeting, before, action, after }: Content): string {
  const middle = action === undefined ? [] : [`${action.label}:\n${action.url}`];
  return `${[greeting, ...before, ...middle, ...after].join('\n\n')}\n`;
}

function toHtml({ subject, greeting, before, action, after }: Content, language: Language): string {
  const paragraph = (sentence: string): Html => html`<p style="${PARAGRAPH}">${sentence}</p>\n`;
  const middle =
    action === undefined
      ? html``
      : html`<p style="margin:0 0 16px;"><a href="${action.url}" style="${BUTTON}">${action.label}</a></p>
<p style="${SMALL}">${action.fallback}<br><a href="${action.url}" style="color:#00739c;">${action.url}</a></p>
`;
  return html`<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${subject}</title>
</head>
<body style="margin:0;padding:24px 16px;">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:520px;text-align:left;"><tr><td>
${join([greeting, ...before].map(paragraph))}${middle}${join(after.map(paragraph))}</td></tr></table>
</td></tr></table>
</body>
</html>
`.markup;
}
