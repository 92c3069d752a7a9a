import type { RunClient } from '../../client/client-mod.ts';
import {
  makeSettingsEntry,
  nameSettingsEntry,
  SETTINGS_PROFILE,
} from '../../jellyfin/settings-menu.client.ts';
import { makeUserMenuEntry, USER_MENU_BUTTON, USER_MENU_SETTINGS } from '../../jellyfin/user-menu.client.ts';
import { profileOf } from '../../jellyfin/user-picture.ts';
import { makeIcon } from '../../kit/elements.client.ts';
import { forgetHandedToken, goToAccount, tokenForAccount } from '../../kit/my-account.client.ts';
import type { AccountEntryOptions } from './mod.ts';

const ICON = 'lock_reset';

/** Puts the entry into the person's own settings, and into their menu in the modern layout of 12. */
export const run: RunClient<AccountEntryOptions> = (context) => {
  const { options, onPage, insertOnce, personId, text, guard } = context;
  forgetHandedToken();
  // Administrators may look at the settings of somebody else, for whom their own token is of no use.
  const isOwn = () => (profileOf(window.location.href) ?? personId()) === personId();

  function leads(entry: HTMLElement, mayGo: () => boolean): HTMLElement {
    entry.onclick = guard((event: Event) => {
      event.preventDefault();
      if (mayGo()) goToAccount(context);
    });
    return entry;
  }

  onPage(['settings'], (page) => {
    const profile = page.querySelector<HTMLElement>(SETTINGS_PROFILE);
    const list = profile?.parentElement;
    if (!profile || !list || !isOwn() || tokenForAccount(context) === undefined) return undefined;
    const make = () => {
      const entry = makeSettingsEntry(profile, ICON, 'account-entry');
      nameSettingsEntry(entry, text(options.text));
      return leads(entry, isOwn);
    };
    insertOnce(list, 'settings', make, profile.nextElementSibling);
    return undefined;
  });

  if (!options.inMenu) return;
  // When it opens: the client makes the menu anew after the dashboard, and tells nobody.
  document.addEventListener(
    'click',
    guard(({ target }) => {
      if (!(target instanceof Element) || target.closest(USER_MENU_BUTTON) === null) return;
      const settings = document.querySelector<HTMLElement>(USER_MENU_SETTINGS);
      if (!settings?.parentElement || tokenForAccount(context) === undefined) return;
      const make = () => leads(makeUserMenuEntry(settings, makeIcon(ICON), text(options.text)), () => true);
      insertOnce(settings.parentElement, 'menu', make, settings.nextElementSibling);
    }),
    true,
  );
};
