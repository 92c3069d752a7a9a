import type { Ref, VNode } from 'preact';
import { html } from '../html.ts';
import { icon } from './icon.ts';

/** Something that went well. */
export interface NoteProps {
  readonly sentence: string;
  readonly noteRef?: Ref<HTMLDivElement>;
}

/** Draws what went well. It can take the focus, so that screen readers read it and Tab goes on from there. */
export function note({ sentence, noteRef }: NoteProps): VNode {
  return html`<div class="notice note" role="status" tabindex="-1" ref=${noteRef}>
    ${icon('tick')}
    <div><p>${sentence}</p></div>
  </div>`;
}
