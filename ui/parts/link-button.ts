import type { VNode } from 'preact';
import { html } from '../html.ts';

/** A link that looks like a button. */
export interface LinkButtonProps {
  readonly label: string;
  readonly href: string;
  /** The one thing to do on this page. Default true. */
  readonly isMain?: boolean;
}

/** Draws a link to another page, large enough for thumbs and remote controls. */
export function linkButton({ label, href, isMain = true }: LinkButtonProps): VNode {
  return html`<a class=${isMain ? 'button button-main' : 'button'} href=${href}>${label}</a>`;
}
