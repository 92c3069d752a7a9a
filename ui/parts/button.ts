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
  readonly id?: string;
  /** What it is about, for those who do not see beside what it stands. */
  readonly about?: string;
  /** It makes no sense at the moment, and does nothing; it keeps its place and the focus. */
  readonly isIdle?: boolean;
  /** One of several in a line, no wider than its words. */
  readonly isSmall?: boolean;
  readonly onPress?: () => void;
}

/** Draws a button. While working it says so to screen readers instead of vanishing from them, as a disabled one would. */
export function button(props: ButtonProps): VNode {
  const { label, about, isWorking = false, isMain = true, isIdle = false, isSmall = false, onPress } = props;
  const looks = ['button', isMain ? 'button-main' : '', isSmall ? 'button-small' : ''];
  return html`<button
    id=${props.id}
    type=${onPress === undefined ? 'submit' : 'button'}
    class=${looks.filter((name) => name !== '').join(' ')}
    aria-label=${about === undefined ? undefined : `${label}: ${about}`}
    aria-disabled=${isWorking || isIdle ? 'true' : undefined}
    onClick=${isIdle ? undefined : onPress}
  >
    ${isWorking ? html`<span class="wheel" aria-hidden="true"></span>` : undefined}
    <span>${label}</span>
  </button>`;
}
