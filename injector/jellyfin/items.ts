/** A film, series or the like, as far as mods show it. */
export interface ShownItem {
  /** 32 hex digits. */
  readonly id: string;
  readonly name: string;
  readonly year?: number;
  readonly overview?: string;
  /** Address of its wide picture as seen from `/web/`; anybody who knows it may load it. */
  readonly backdrop?: string;
}

/**
 * The list of items, for `ClientContext.ask`; what a person may not see is left out of it by Jellyfin. `/Items` with `userId`
 * is there and means the same from 10.8 to 12.0; the ways below `/Users/` are not in 12.0's own description any more.
 * Source: `ItemsController.GetItems` of Jellyfin 10.8.13 to 12.0.
 */
export const ITEMS = 'Items';

/** Widest picture that is asked for, in pixels. */
const WIDTH = 1600;

/** Reads the answer to `ITEMS`; what is no item is left out. Its order is Jellyfin's. */
export function readItems(answer: unknown): ShownItem[] {
  const list = isObject(answer) ? answer['Items'] : undefined;
  return Array.isArray(list)
    ? list.map(readItem).filter((item): item is ShownItem => item !== undefined)
    : [];
}

function readItem(value: unknown): ShownItem | undefined {
  if (!isObject(value)) return undefined;
  const { Id, Name, ProductionYear, Overview, BackdropImageTags } = value;
  if (typeof Id !== 'string' || typeof Name !== 'string') return undefined;
  const id = plainId(Id);
  const tag: unknown = Array.isArray(BackdropImageTags) ? BackdropImageTags[0] : undefined;
  // Not spread into one another: that is half a kilobyte in each part that needs this.
  const item: { -readonly [key in keyof ShownItem]: ShownItem[key] } = { id, name: Name };
  if (typeof ProductionYear === 'number') item.year = ProductionYear;
  if (typeof Overview === 'string' && Overview !== '') item.overview = Overview;
  if (typeof tag === 'string')
    item.backdrop = `../Items/${id}/Images/Backdrop/0?maxWidth=${WIDTH}&quality=90&tag=${encodeURIComponent(tag)}`;
  return item;
}

function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null;
}

/** An id in the one spelling that answers have: Jellyfin takes it with and without hyphens. */
export function plainId(id: string): string {
  return id.replace(/-/g, '').toLowerCase();
}

/** For `href`: with `#!` every version finds its way in a new tab. Source: routers of jellyfin-web 10.8.13 to 12.0. */
export function detailsHref(id: string): string {
  return `#!/details?id=${id}`;
}

/** Shows an item's own page, as the client's links do; a changed address alone is not followed by 10.8. */
export function showDetails(window: unknown, id: string): void {
  const { Dashboard } = window as { readonly Dashboard?: { navigate?(address: string): unknown } };
  Dashboard?.navigate?.(`details?id=${id}`);
}

/**
 * Id of what plays in this browser.
 *
 * @param playbackManager As a plugin is given it.
 * Source: `components/playback/playbackmanager.js` of jellyfin-web 10.8.13 to 12.0: `currentItem` throws without a player.
 */
export function playingId(playbackManager: unknown): string | undefined {
  const manager = playbackManager as
    | {
        getCurrentPlayer?(): unknown;
        currentItem?(player: unknown): { readonly Id?: unknown } | null | undefined;
      }
    | undefined;
  const player = manager?.getCurrentPlayer?.();
  const id = player === undefined || player === null ? undefined : manager?.currentItem?.(player)?.Id;
  return typeof id === 'string' ? id : undefined;
}
