import type { Language } from '../../injector/kit/translations.ts';
import { type ChatText, LOGO_PLACE, type Message } from '../ports/channel.ts';

const IS_HTML = Symbol('html');

/** Markup that is safe to put into markup; only `html` makes it. */
export interface Html {
  readonly [IS_HTML]: true;
  readonly markup: string;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Escapes what is put into a template, in text and in quoted attributes; Html is put in as it is. */
export function html(strings: TemplateStringsArray, ...values: readonly (string | Html)[]): Html {
  const markup = strings.reduce((all, piece, index) => {
    const value = values[index - 1] ?? '';
    return all + (typeof value === 'string' ? escapeHtml(value) : value.markup) + piece;
  });
  return { [IS_HTML]: true, markup };
}

/** Puts pieces one after the other. */
export function join(pieces: readonly Html[]): Html {
  return { [IS_HTML]: true, markup: pieces.map((piece) => piece.markup).join('') };
}

function escapeHtml(value: string): string {
  return value.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
}

/** What a message says, in one language; text, html and chat say the same. */
export type MessageText = Pick<Message, 'subject' | 'text' | 'html' | 'chat'>;

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
  /** Something to be typed elsewhere, letter by letter. */
  readonly code?: {
    /** What to do with it, where the paragraphs above do not say so. */
    readonly intro?: string;
    readonly value: string;
    /** Where it can be typed, with a sentence that says so. */
    readonly page?: { readonly sentence: string; readonly url: string };
  };
  /** Paragraphs below. */
  readonly after: readonly string[];
}

// Colours that read well on white and when a mail program turns them dark; styles inline, as many programs drop sheets.
const FONT = 'font-family:-apple-system,Segoe UI,Roboto,Helvetica,Arial,sans-serif;';
const PARAGRAPH = `margin:0 0 16px;font-size:16px;line-height:1.5;${FONT}`;
const SMALL = `margin:0 0 16px;font-size:14px;line-height:1.5;${FONT}`;
// Breaks anywhere, as an address has no spaces; as light or dark as the text, where a blue would be hard to read on black.
const ADDRESS = 'color:inherit;word-break:break-all;';
const BUTTON =
  'display:inline-block;padding:12px 24px;border-radius:4px;background:#00739c;color:#ffffff;' +
  `font-size:16px;font-weight:600;text-decoration:none;${FONT}`;
const CODE =
  'margin:0 0 16px;font-size:24px;font-weight:600;letter-spacing:1px;white-space:nowrap;' +
  'font-family:ui-monospace,Menlo,Consolas,monospace;';

/** Gives a message its three forms. The link of all is the same, letter by letter. */
export function layOut(content: Content, language: Language): MessageText {
  return {
    subject: content.subject,
    text: toText(content),
    html: toHtml(content, language),
    chat: toChat(content),
  };
}

function toChat({ greeting, before, action, code, after }: Content): ChatText {
  const page = code?.page === undefined ? [] : [code.page.sentence, code.page.url];
  return {
    before: [greeting, ...before, ...(code?.intro === undefined ? [] : [code.intro])],
    ...(action === undefined ? {} : { link: { label: action.label, url: action.url } }),
    ...(code === undefined ? {} : { code: code.value }),
    after: [...page, ...after],
  };
}

function toText({ greeting, before, action, code, after }: Content): string {
  const parts = [greeting, ...before];
  if (action !== undefined) parts.push(`${action.label}\n${action.url}`);
  if (code !== undefined) {
    if (code.intro !== undefined) parts.push(code.intro);
    parts.push(`    ${code.value}`);
    if (code.page !== undefined) parts.push(`${code.page.sentence}\n${code.page.url}`);
  }
  return `${[...parts, ...after].join('\n\n')}\n`;
}

function paragraph(sentence: string): Html {
  return html`<p style="${PARAGRAPH}">${sentence}</p>\n`;
}

function withAddress(sentence: string, url: string): Html {
  return html`<p style="${SMALL}">${sentence}<br><a href="${url}" style="${ADDRESS}">${url}</a></p>\n`;
}

function toButton({ action }: Content): Html {
  if (action === undefined) return html``;
  return html`<p style="margin:0 0 16px;"><a href="${action.url}" style="${BUTTON}">${action.label}</a></p>
${withAddress(action.fallback, action.url)}`;
}

function toCode({ code }: Content): Html {
  if (code === undefined) return html``;
  const intro = code.intro === undefined ? html`` : paragraph(code.intro);
  const page = code.page === undefined ? html`` : withAddress(code.page.sentence, code.page.url);
  return html`${intro}<p style="${CODE}">${code.value}</p>\n${page}`;
}

const MARK: Html = { [IS_HTML]: true, markup: LOGO_PLACE };

function toHtml(content: Content, language: Language): string {
  const { subject, greeting, before, after } = content;
  const middle = html`${toButton(content)}${toCode(content)}`;
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
${MARK}${join([greeting, ...before].map(paragraph))}${middle}${join(after.map(paragraph))}</td></tr></table>
</td></tr></table>
</body>
</html>
`.markup;
}
