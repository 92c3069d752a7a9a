import type { ChatText } from '../ports/channel.ts';

/** One paragraph of a message in a chat. */
export type ChatPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'link'; readonly label: string; readonly url: string }
  | { readonly kind: 'code'; readonly code: string };

/**
 * Puts what a message says in the order in which it is read. A line that is nothing but an address of ours becomes a link
 * without a label.
 *
 * @param publicUrl `public.url` of the config: what addresses of ours begin with.
 */
export function chatParts({ before, link, code, after }: ChatText, publicUrl: string): readonly ChatPart[] {
  const line = (text: string): ChatPart =>
    isOurs(text, publicUrl) ? { kind: 'link', label: '', url: text } : { kind: 'text', text };
  return [
    ...before.map(line),
    ...(link === undefined ? [] : [{ kind: 'link' as const, ...link }]),
    ...(code === undefined ? [] : [{ kind: 'code' as const, code }]),
    ...after.map(line),
  ];
}

/** The same as plain text, for services that show it as it is: paragraphs with an empty line between them. */
export function plainChat(chat: ChatText, publicUrl: string): string {
  return chatParts(chat, publicUrl)
    .map((part) => {
      if (part.kind === 'text') return part.text;
      if (part.kind === 'code') return part.code;
      return part.label === '' ? part.url : `${part.label}\n${part.url}`;
    })
    .join('\n\n');
}

function isOurs(text: string, publicUrl: string): boolean {
  return text.startsWith(`${publicUrl}/`) && !/[\s<>"'`\\|]/.test(text) && URL.canParse(text);
}
