import { type ClientSetting, deviceOf, GLOBAL_SETTINGS } from '../jellyfin/client-settings.ts';
import type { ClientData } from './client-data.ts';

/** A setting of one person: the id of the user, then the name. */
const OF_PERSON = /^[0-9a-f]{32}-/;

/**
 * Tells the client what its settings are where a person chose nothing, or whatever the person chose, by standing in front of
 * `getItem` of the browser's store. It must be there before the client's first script: some are read at once.
 *
 * Promises: nothing is written, so that a default that is taken back leaves nothing behind; every other name, and every other
 * store, is read as before.
 * Source: `scripts/settings/appSettings.js` of jellyfin-web 10.8.13 to 12.0 (`<user id>-<name>`, or the name alone).
 */
export function overrideSettings(
  window: Window & { readonly Storage: typeof Storage },
  defaults: ClientData['defaults'],
): void {
  const { prototype } = window.Storage;
  const { getItem } = prototype;
  const store = window.localStorage;
  // A Map, since `Object.hasOwn` is younger than the televisions: an error here would take the store from the client itself.
  const byName = new Map(Object.keys(defaults).map((name) => [name, defaults[name as ClientSetting]]));
  const device = deviceOf(window.navigator.userAgent);
  prototype.getItem = function (this: Storage, key: string): string | null {
    const kept = getItem.call(this, key);
    if (this !== store) return kept;
    const name = String(key);
    const plain = name.replace(OF_PERSON, '');
    const wanted = byName.get(plain);
    if (wanted === undefined || (name !== plain && GLOBAL_SETTINGS.indexOf(plain as ClientSetting) !== -1))
      return kept;
    const value = typeof wanted.value === 'string' ? wanted.value : wanted.value[device];
    return value !== undefined && (kept === null || wanted.isForced) ? value : kept;
  };
}
