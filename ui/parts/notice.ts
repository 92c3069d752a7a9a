import type { Ref, VNode } from 'preact';
import { html } from '../html.ts';
import { icon } from './icon.ts';

/** What went wrong with a whole form. */
export interface NoticeProps {
  readonly sentences: readonly string[];
  readonly noticeRef?: Ref<HTMLDivElement>;
}

/** Draws a problem of a whole form. It can take the focus, so that screen readers read it and Tab goes on from there. */
export function notice({ sentences, noticeRef }: NoticeProps): VNode {
  return html`<div class="notice" role="alert" tabindex="-1" ref=${noticeRef}>
    ${icon('warning')}
    <div>${sentences.map((sentence) => html`<p>${sentence}</p>`)}</div>
  </div>`;
}
