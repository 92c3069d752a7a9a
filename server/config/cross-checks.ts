import type { Mod, RestOfConfig } from '../../injector/kit/define-mod.ts';
import type { Half } from './config.ts';
import { ADDRESS_RULES } from './contradictions/addresses.ts';
import { type Contradiction, Written } from './contradictions/contradiction.ts';
import { MAIL_RULES } from './contradictions/mail.ts';
import { UNUSED_RULES } from './contradictions/unused.ts';
import { type Finding, isGiven } from './findings.ts';
import { traitsOf } from './methods.ts';
import { checkMods, fillInMods } from './mods.ts';
import { isMap, valueAt } from './path.ts';
import type { ChannelSection } from './schema.ts';

/** What the file says that mods may know of it, before it was checked. */
function restOf(tree: Record<string, unknown>, channels: readonly ChannelSection[]): RestOfConfig {
  const hasReset = isGiven(tree, 'reset');
  const { lead, asksPin } = traitsOf(valueAt(tree, ['reset', 'method']));
  const isOff = valueAt(tree, ['loginThrottle', 'enabled']) === false;
  const publicUrl = valueAt(tree, ['public', 'url']);
  return {
    reset: hasReset ? { lead, asksPin, channels: namesOf(tree, channels) } : undefined,
    publicUrl: typeof publicUrl === 'string' ? publicUrl : undefined,
    isLoginThrottled: mayThrottle(tree) && !isOff,
  };
}

/** The channels that the file sets up, as people call them. */
function namesOf(tree: Record<string, unknown>, channels: readonly ChannelSection[]): readonly string[] {
  const setUp = channels.filter(({ section }) => isGiven(tree, section));
  return setUp.map(({ properName }) => properName ?? 'mail');
}

/** Tells whether sign-ins may be throttled: a pure injector changes nothing unasked, sign-ins included. */
function mayThrottle(tree: Record<string, unknown>): boolean {
  return isGiven(tree, 'reset') || 'loginThrottle' in tree;
}

/**
 * Fills in what one part of the file says about another: `true` for a mod becomes its options, mods fill in what is left
 * open about them, and without `reset` sign-ins are throttled only if the file says so. Returns a new tree; never throws.
 */
export function fillIn(
  tree: Record<string, unknown>,
  { mods, channels }: { readonly mods: readonly Mod[]; readonly channels: readonly ChannelSection[] },
): Record<string, unknown> {
  const given = tree['mods'] ?? {};
  if (!isMap(given)) return tree;
  const filled = fillInMods(given, mods, restOf(tree, channels));
  const whole = mayThrottle(tree) ? tree : { ...tree, loginThrottle: { enabled: false } };
  // An absent or empty `mods:` stays what it is when there is nothing to put into it.
  return Object.keys(filled).length === 0 ? whole : { ...whole, mods: filled };
}

/**
 * Finds what fields lack of each other. Looks at the values as written, so that it works beside other problems.
 *
 * @param parts.mods The mods there are, which say what they do not fit.
 * @param parts.channels The channels there are; a reset needs one of them.
 * @param only The half that this process is; it is not asked for what the other half needs.
 */
export function checkTogether(
  tree: Record<string, unknown>,
  { mods, channels }: { readonly mods: readonly Mod[]; readonly channels: readonly ChannelSection[] },
  only?: Half,
): Finding[] {
  if (only === 'reset' && !isGiven(tree, 'reset')) {
    const message = 'is missing: --only reset runs the reset service; add `reset: { method: link }`';
    return [{ path: ['reset'], message, part: 'key' }];
  }
  if (!isGiven(tree, 'reset')) return checkMods(tree, mods, restOf(tree, channels));
  return [
    ...checkReset(tree, channels, only),
    ...checkAdministrators(tree, only),
    ...checkMods(tree, mods, restOf(tree, channels)),
  ];
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
          sections.some((section) => isGiven(tree, section)) ? [] : [oneOf(sections)],
          only === undefined || isGiven(tree, 'service') ? [] : ['service.secret'],
        ].flat();
  if (missing.length === 0) return [];
  const list =
    missing.length < 2 ? missing.join('') : `${missing.slice(0, -1).join(', ')} and ${missing.at(-1)}`;
  const message = `needs ${list}; add ${missing.length === 1 ? 'it' : 'them'}, or remove reset to change the web client only`;
  return [{ path: ['reset'], message, part: 'key' }];
}

/** `mail (or telegram, discord)`: the usual one first, where there are several. */
function oneOf([first = '', ...others]: readonly string[]): string {
  return others.length === 0 ? first : `${first} (or ${others.join(', ')})`;
}

/**
 * Finds settings that contradict each other. Looks at the values as written, so that it works beside other problems;
 * never throws.
 *
 * @param tree The configuration as written, file and environment.
 * @param parts.channels The channels there are; without `reset` none is of use.
 * @param parts.only The half that this process is.
 */
export function findContradictions(
  tree: Record<string, unknown>,
  parts: { readonly channels: readonly ChannelSection[]; readonly only: Half | undefined },
): Contradiction[] {
  const written = new Written(tree);
  return [...ADDRESS_RULES, ...MAIL_RULES, ...UNUSED_RULES].flatMap((rule) => [...rule(written, parts)]);
}
