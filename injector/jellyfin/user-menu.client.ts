/** What opens the menu of the person; what is in it is there all the time. Only in the modern layout of 12. */
export const USER_MENU_BUTTON = '[aria-controls="app-user-menu"]';

/** The entry for the settings in that menu. Source: `components/toolbar/AppUserMenu.tsx` of jellyfin-web 12.0, seen in the running client. */
export const USER_MENU_SETTINGS = '#app-user-menu a[href="#/mypreferencesmenu"]';

/**
 * Makes an entry for that menu that looks like its neighbours, by mouse and keyboard: one of theirs with another picture and
 * other words.
 *
 * @param like An entry of the client's own, such as `USER_MENU_SETTINGS`.
 * @param icon As of `makeIcon`.
 */
export function makeUserMenuEntry(like: HTMLElement, icon: HTMLElement, words: string): HTMLElement {
  const entry = like.cloneNode(true) as HTMLElement;
  entry.setAttribute('href', '#');
  const picture = entry.querySelector('.MuiListItemIcon-root');
  if (picture !== null) {
    picture.textContent = '';
    picture.appendChild(icon);
  }
  const place =
    entry.querySelector('.MuiListItemText-root span') ?? entry.querySelector('.MuiListItemText-root');
  if (place !== null) place.textContent = words;
  return entry;
}
