import type { VNode } from 'preact';
import { html } from '../html.ts';

/** The few signs of our pages, drawn on a square of 24 by 24. */
const SHAPES = {
  key: 'M14.5 3a6.5 6.5 0 0 0-6.2 8.46L2 17.76V22h5v-2.5h2.5V17H12l.54-.54A6.5 6.5 0 1 0 14.5 3Zm2 6.5a2 2 0 1 1 0-4 2 2 0 0 1 0 4Z',
  letter:
    'M3 5h18a1 1 0 0 1 1 1v.6l-10 6.2L2 6.6V6a1 1 0 0 1 1-1Zm19 3.95V18a1 1 0 0 1-1 1H3a1 1 0 0 1-1-1V8.95l10 6.2 10-6.2Z',
  tick: 'M9.2 18.5 3 12.3l1.9-1.9 4.3 4.3 9.9-9.9L21 6.7 9.2 18.5Z',
  cross:
    'M12 10.1 17.6 4.5l1.9 1.9L13.9 12l5.6 5.6-1.9 1.9L12 13.9l-5.6 5.6-1.9-1.9L10.1 12 4.5 6.4l1.9-1.9L12 10.1Z',
  dot: 'M12 8a4 4 0 1 1 0 8 4 4 0 0 1 0-8Z',
  warning:
    'M12 2.5a1.5 1.5 0 0 1 1.3.75l9 15.6A1.5 1.5 0 0 1 21 21.1H3a1.5 1.5 0 0 1-1.3-2.25l9-15.6A1.5 1.5 0 0 1 12 2.5Zm-1.2 6v6h2.4v-6h-2.4Zm0 7.6v2.4h2.4v-2.4h-2.4Z',
} as const;

/** Name of a sign. */
export type IconName = keyof typeof SHAPES;

/** Draws a sign. It never carries meaning of its own: what it says stands beside it in words. */
export function icon(name: IconName): VNode {
  return html`<svg class=${`icon icon-${name}`} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    <path d=${SHAPES[name]} />
  </svg>`;
}
