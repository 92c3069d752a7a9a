import { directionOf, type Language } from '../../injector/kit/translations.ts';
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

/** One piece of a message; what stands in it is plain text, and no piece is ever read as markup. */
export type Block =
  | { readonly kind: 'paragraph'; readonly text: string }
  /** The one thing to do. `fallback` says what to do where the button does not work. */
  | { readonly kind: 'button'; readonly label: string; readonly url: string; readonly fallback: string }
  /** Something to be typed elsewhere, letter by letter. */
  | { readonly kind: 'code'; readonly value: string }
  /** A sentence with an address of its own, to be opened or typed. */
  | { readonly kind: 'address'; readonly text: string; readonly url: string };

/** A message before it has a form. */
export interface Content {
  readonly subject: string;
  /** In the order in which they are read. */
  readonly blocks: readonly Block[];
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
    text: `${content.blocks.map(toText).join('\n\n')}\n`,
    html: toHtml(content, language),
    chat: toChat(content),
  };
}

/** Plain sentences around the button and the code, which a chat shows in its own way. */
function toChat({ blocks }: Content): ChatText {
  const last = blocks.findLastIndex(({ kind }) => kind === 'button' || kind === 'code');
  const button = blocks.find((block) => block.kind === 'button');
  const code = blocks.find((block) => block.kind === 'code');
  return {
    before: blocks.slice(0, last + 1).flatMap(sentencesOf),
    ...(button === undefined ? {} : { link: { label: button.label, url: button.url } }),
    ...(code === undefined ? {} : { code: code.value }),
    after: blocks.slice(last + 1).flatMap(sentencesOf),
  };
}

function sentencesOf(block: Block): readonly string[] {
  if (block.kind === 'paragraph') return [block.text];
  return block.kind === 'address' ? [block.text, block.url] : [];
}

function toText(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return block.text;
    case 'button':
      return `${block.label}\n${block.url}`;
    case 'code':
      return `    ${block.value}`;
    case 'address':
      return `${block.text}\n${block.url}`;
  }
}

function withAddress(sentence: string, url: string): Html {
  return html`<p style="${SMALL}">${sentence}<br><a href="${url}" dir="ltr" style="${ADDRESS}">${url}</a></p>\n`;
}

function toMarkup(block: Block): Html {
  switch (block.kind) {
    case 'paragraph':
      return html`<p style="${PARAGRAPH}">${block.text}</p>\n`;
    case 'button':
      return html`<p style="margin:0 0 16px;"><a href="${block.url}" style="${BUTTON}">${block.label}</a></p>
${withAddress(block.fallback, block.url)}`;
    case 'code':
      return html`<p dir="ltr" style="${CODE}">${block.value}</p>\n`;
    case 'address':
      return withAddress(block.text, block.url);
  }
}

const MARK: Html = { [IS_HTML]: true, markup: LOGO_PLACE };

/** The direction stands on the table too: many mail programs drop `html` and `body`. */
function toHtml({ subject, blocks }: Content, language: Language): string {
  const direction = directionOf(language);
  const side = direction === 'rtl' ? 'right' : 'left';
  return html`<!DOCTYPE html>
<html lang="${language}" dir="${direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${subject}</title>
</head>
<body style="margin:0;padding:24px 16px;">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" dir="${direction}" style="max-width:520px;text-align:${side};"><tr><td>
${MARK}${join(blocks.map(toMarkup))}</td></tr></table>
</td></tr></table>
</body>
</html>
`.markup;
}
