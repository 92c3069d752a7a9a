import type { Mod } from '../../injector/kit/define-mod.ts';
import { ModConflictError } from '../../injector/kit/errors.ts';
import { createPlan } from '../../injector/kit/plan.ts';
import type { Half } from './config.ts';
import { type Finding, isGiven } from './findings.ts';
import { METHODS, traitsOf } from './methods.ts';
import { isMap, valueAt } from './path.ts';
import type { ChannelSection } from './schema.ts';

/**
 * Finds mods that are switched on together and change the same thing. A mod that fails in other ways is left out of
 * pages later and is no fault of the configuration.
 *
 * @param enabled Options of the mods that are on, by name, as their schemas gave them.
 */
export function findConflicts(
  mods: readonly Mod[],
  enabled: { readonly [name: string]: unknown },
): Finding[] {
  try {
    createPlan({ mods, enabled, jellyfinVersion: undefined, onFailure: () => {} });
    return [];
  } catch (error) {
    if (!(error instanceof ModConflictError)) throw error;
    return error.conflicts.map(({ thing, mods: owners }) => ({
      path: ['mods', owners.at(-1) ?? ''],
      message: `changes ${thing}, and so does ${owners.slice(0, -1).join(' and ')}; leave only one of them on`,
      part: 'key',
    }));
  }
}

/** The mod that says where the Forgot Password button leads. */
export const FORGOT_PASSWORD = 'forgot-password';

/**
 * Finds words of the Forgot Password mod that would not be true with the method of the reset service. Looks at the
 * values as written, with the defaults filled in; never throws.
 */
export function checkForgotPassword(tree: Record<string, unknown>): Finding[] {
  const isPin = traitsOf(valueAt(tree, ['reset', 'method'])).asksPin;
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

/** The mod that says why a sign-in is held back; without it the client's words are true, but say little. */
const LOGIN_THROTTLE = 'login-throttle';

/**
 * Fills in what one part of the file says about another: `true` for a mod becomes its options, and with `reset` the
 * Forgot Password button is on and fits the method unless the file says otherwise; so is what says why a sign-in is held
 * back, where one may be. Returns a new tree; never throws.
 */
export function fillIn(tree: Record<string, unknown>, mods: readonly Mod[]): Record<string, unknown> {
  const given = tree['mods'] ?? {};
  if (!isMap(given)) return tree;
  const settled: Record<string, unknown> = { ...given };
  for (const [name, value] of Object.entries(settled)) if (value === true) settled[name] = {};
  if (isGiven(tree, 'reset') && mods.some(({ name }) => name === FORGOT_PASSWORD)) {
    const button = settled[FORGOT_PASSWORD] ?? (FORGOT_PASSWORD in settled ? null : {});
    const show = traitsOf(valueAt(tree, ['reset', 'method'])).lead;
    settled[FORGOT_PASSWORD] = isMap(button) && !('show' in button) ? { ...button, show } : button;
  }
  // A pure injector changes nothing unasked, sign-ins included.
  const isAsked = isGiven(tree, 'reset') || 'loginThrottle' in tree;
  const isThrottled = isAsked && valueAt(tree, ['loginThrottle', 'enabled']) !== false;
  if (isThrottled && mods.some(({ name }) => name === LOGIN_THROTTLE) && !(LOGIN_THROTTLE in settled))
    settled[LOGIN_THROTTLE] = { resets: isGiven(tree, 'reset') };
  const filled = isAsked ? tree : { ...tree, loginThrottle: { enabled: false } };
  // An absent or empty `mods:` stays what it is when there is nothing to put into it.
  return Object.keys(settled).length === 0 ? filled : { ...filled, mods: settled };
}

/**
 * Finds what fields lack of each other. Looks at the values as written, so that it works beside other problems.
 *
 * @param channels The channels there are; a reset needs one of them.
 * @param only The half that this process is; it is not asked for what the other half needs.
 */
export function checkTogether(
  tree: Record<string, unknown>,
  channels: readonly ChannelSection[],
  only?: Half,
): Finding[] {
  if (only === 'reset' && !isGiven(tree, 'reset')) {
    const message = 'is missing: --only reset runs the reset service; add `reset: { method: link }`';
    return [{ path: ['reset'], message, part: 'key' }];
  }
  if (isGiven(tree, 'reset'))
    return [
      ...checkReset(tree, channels, only),
      ...checkAdministrators(tree, only),
      ...checkForgotPassword(tree),
    ];
  const show = valueAt(tree, ['mods', FORGOT_PASSWORD, 'show']);
  if (!Object.values(METHODS).some(({ lead }) => lead === show)) return [];
  const message =
    'needs the reset service: add `reset: { method: link }`, or use hide, or the https:// address of another portal';
  return [{ path: ['mods', FORGOT_PASSWORD, 'show'], message, part: 'value' }];
}

/** Jellyfin tells nobody without a key which of the accounts that are not on the login screen are administrators. */
function checkAdministrators(tree: Record<string, unknown>, only: Half | undefined): Finding[] {
  const path = ['reset', 'administrators'];
  const policy = valueAt(tree, path);
  if (policy === undefined || policy === 'allowed' || only === 'injector') return [];
  if (isGiven(tree['jellyfin'], 'apiKey') || !isGiven(tree['jellyfin'], 'dataFolder')) return [];
  const message =
    'needs jellyfin.apiKey: with the data folder alone Gatehouse cannot tell who is an administrator; add a key, or use allowed';
  return [{ path, message, part: 'value' }];
}

function checkReset(
  tree: Record<string, unknown>,
  channels: readonly ChannelSection[],
  only: Half | undefined,
): Finding[] {
  const sections = channels.map(({ section }) => section);
  const missing =
    only === 'injector'
      ? ['service.url'].filter(() => !isGiven(tree['service'], 'url'))
      : [
          isGiven(tree['public'], 'url') ? [] : ['public.url'],
          ['apiKey', 'dataFolder'].some((field) => isGiven(tree['jellyfin'], field))
            ? []
            : ['jellyfin.apiKey (or jellyfin.dataFolder)'],
          sections.some((section) => isGiven(tree, section)) ? [] : [sections.join(' or ')],
          only === undefined || isGiven(tree, 'service') ? [] : ['service.secret'],
        ].flat();
  if (missing.length === 0) return [];
  const list =
    missing.length < 2 ? missing.join('') : `${missing.slice(0, -1).join(', ')} and ${missing.at(-1)}`;
  const message = `needs ${list}; add ${missing.length === 1 ? 'it' : 'them'}, or remove reset to change the web client only`;
  return [{ path: ['reset'], message, part: 'key' }];
}
