/** The first entry of the settings menu: `lnkMyProfile` on 10.8, the other later. Source: as of `makeSettingsEntry`. */
export const SETTINGS_PROFILE = '.lnkUserProfile, .lnkMyProfile';

/**
 * Makes an entry for the settings menu that looks like its neighbours, by mouse, keyboard and remote control: one of theirs
 * with another picture and other words.
 *
 * @param like An entry of the client's own, such as `SETTINGS_PROFILE`.
 * @param icon Name of a Material icon.
 * Source: `controllers/user/menu/index.html` of jellyfin-web 10.8.13 to 10.10.7, `routes/user/settings` of 10.11.11 and 12.0.
 */
export function makeSettingsEntry(like: HTMLElement, icon: string, className: string): HTMLElement {
  const entry = like.cloneNode(true) as HTMLElement;
  entry.className = `emby-button listItem-border ${className}`;
  entry.setAttribute('href', '#');
  entry.setAttribute('role', 'button');
  const picture = entry.querySelector('.listItemIcon');
  if (picture !== null) picture.className = `material-icons listItemIcon listItemIcon-transparent ${icon}`;
  return entry;
}

/** Says what an entry is. */
export function nameSettingsEntry(entry: HTMLElement, words: string): void {
  const place = entry.querySelector('.listItemBodyText');
  if (place !== null) place.textContent = words;
}
