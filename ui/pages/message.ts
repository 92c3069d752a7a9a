import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { html } from '../html.ts';
import { type IconName, icon } from '../parts/icon.ts';
import type { Words } from '../strings/words.ts';

/** A page that tells something. */
export interface MessageProps {
  readonly words: Words;
  readonly sign: IconName;
  /** More below the sentences. */
  readonly more?: VNode;
  /** Buttons and links: what to do next. */
  readonly actions: readonly VNode[];
}

/** Tells how something ended and what to do next. The focus goes to its heading, so that nobody misses it. */
export function Message({ words, sign, more, actions }: MessageProps): VNode {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = words.title;
    heading.current?.focus();
  }, [words.title]);
  return html`<div class="message">
    <div class=${`badge badge-${sign}`}>${icon(sign)}</div>
    <h1 tabindex="-1" ref=${heading}>${words.title}</h1>
    ${words.sentences.map((sentence) => html`<p>${sentence}</p>`)} ${more}
    <div class="actions">${actions}</div>
  </div>`;
}
