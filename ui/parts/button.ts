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

/** A button; without `onPress` it sends its form. */
export interface ButtonProps {
  readonly label: string;
  /** It keeps its place and the focus, and shows that something is under way. */
  readonly isWorking?: boolean;
  /** The one thing to do on this page. Default true. */
  readonly isMain?: boolean;
  readonly onPress?: () => void;
}

/** Draws a button. While working it says so to screen readers instead of vanishing from them, as a disabled one would. */
export function button({ label, isWorking = false, isMain = true, onPress }: ButtonProps): VNode {
  return html`<button
    type=${onPress === undefined ? 'submit' : 'button'}
    class=${isMain ? 'button button-main' : 'button'}
    aria-disabled=${isWorking ? 'true' : undefined}
    onClick=${onPress}
  >
    ${isWorking ? html`<span class="wheel" aria-hidden="true"></span>` : undefined}
    <span>${label}</span>
  </button>`;
}
