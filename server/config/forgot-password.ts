import { type Finding, isGiven } from './findings.ts';
import { valueAt } from './path.ts';

/** The mod that says where the Forgot Password button leads. */
export const FORGOT_PASSWORD = 'forgot-password';

/** What the mod shows when the reset service is on and the file does not say, by `reset.method`. */
export const SHOW_BY_METHOD: Readonly<Record<string, string>> = {
  link: 'check-your-messages',
  account: 'account',
  pin: 'pin-page',
  'pin-link': 'pin-page',
};

/** Methods whose messages hold a PIN, so that the form must lead to the page where it is typed. */
const PIN_METHODS: readonly unknown[] = ['pin', 'pin-link'];

/**
 * Finds words of the Forgot Password mod that would not be true with the method of the reset service. Looks at the
 * values as written, with the defaults filled in; never throws.
 */
export function checkForgotPassword(tree: Record<string, unknown>): Finding[] {
  const isPin = PIN_METHODS.includes(valueAt(tree, ['reset', 'method']));
  const path = ['mods', FORGOT_PASSWORD];
  if (isPin && isGiven(tree['mods'], FORGOT_PASSWORD) && valueAt(tree, path) === false) {
    const message =
      'must stay on where messages hold a PIN, or the dialog of Jellyfin would speak of a file on the server; remove the line, or use reset.method: link';
    return [{ path, message, part: 'value' }];
  }
  const show = valueAt(tree, [...path, 'show']);
  if (isPin && show === 'check-your-messages') {
    const message =
      'tells people of a link, and with this reset.method the message holds a PIN; use pin-page, or leave it out';
    return [{ path: [...path, 'show'], message, part: 'value' }];
  }
  if (!isPin && show === 'pin-page') {
    const message =
      'asks for a PIN, and with this reset.method the message holds a link; use check-your-messages, or set reset.method: pin';
    return [{ path: [...path, 'show'], message, part: 'value' }];
  }
  return [];
}
