import { message, title } from './framed-texts.json';
import { toHtml } from './texts.ts';

/** The window, as far as it says whether it is framed, and tells the person something. */
export interface FramedWindow {
  readonly top: unknown;
  readonly self: unknown;
  /** Source: `utils/dashboard.js` of jellyfin-web 10.8.13 to 12.0; the message is HTML in a dialog. */
  readonly Dashboard?: {
    readonly alert?: (options: { readonly title: string; readonly message: string }) => unknown;
  };
}

/** Whether the client stands in a frame, where pages of ours and of most others are refused: LG's television app does that. */
export function isFramed({ top, self }: FramedWindow): boolean {
  return top !== self;
}

/**
 * Says in a dialog of the client where to go on with another device.
 *
 * @param address Shown whole but for its fragment, which may be a secret.
 * @param pick As `ClientContext.text`.
 */
export function tellAddress(
  window: FramedWindow,
  address: string,
  pick: (translations: typeof title) => string,
): void {
  const shown = address.split('#', 1).join();
  window.Dashboard?.alert?.({ title: pick(title), message: toHtml(`${pick(message)}\n\n${shown}`) });
}
