import { z } from 'zod';
import { isWebAddress } from './web-address.ts';

/**
 * Tells whether a text is a whole address, or a path as seen from `/web/`. The client and our parts put it into `href` as it is,
 * so nothing that runs (`javascript:`) may pass.
 */
export function isPageTarget(text: string): boolean {
  return isWebAddress(text) || /^(?:\.{0,2}\/)(?![/\\])[^\s\\]*$/.test(text);
}

/** Tells whether a text may be where a link leads: a page, or `mailto:` with an address. */
export function isLinkTarget(text: string): boolean {
  return isPageTarget(text) || /^mailto:[^\s\\@]+@[^\s\\@]+$/i.test(text);
}

/** The option for a page: a whole address, or a path as seen from `/web/`. */
export function pageTarget() {
  return z.string().max(2000).refine(isPageTarget, {
    error: 'use an address that begins with https:// or http://, or a path such as ../gatehouse/account',
  });
}

/** The option for where a link leads: a whole address, a path as seen from `/web/`, or `mailto:` with an address. */
export function linkTarget() {
  return z.string().max(2000).refine(isLinkTarget, {
    error:
      'use an address that begins with https:// or http://, a path such as ../gatehouse/account, or mailto: with an address',
  });
}

/** The option for the name of a Material icon, which is a class name in Jellyfin's client. */
export function iconName() {
  return z
    .string()
    .regex(/^[a-z0-9_]{1,60}$/, { error: 'use the name of a Material icon, e.g. movie_filter' });
}

/** The option for a link in the menu, as the hook `menuLinks` takes it. */
export function menuLink() {
  return z.strictObject({
    name: z.string().trim().min(1).max(60).meta({ description: 'What the menu shows.' }),
    url: linkTarget().meta({
      description:
        'Where it leads, in a new tab: a whole address, a path as seen from /web/, or mailto: with an address.',
    }),
    icon: iconName().default('link').meta({ description: 'Name of a Material icon.' }),
  });
}
