import type { ClientContext, Query, RunClient } from '../../client/client-mod.ts';
import { ITEMS, readItems, type ShownItem } from '../../jellyfin/items.ts';
import { takeOut } from '../../kit/elements.client.ts';
import { createSlideshow } from './slideshow.client.ts';
import { featured, next, position, previous, stop } from './texts.json';

/** What the browser is given. */
interface Options {
  /** `newest`, the id of what holds the items, or their ids. */
  readonly show: string | readonly string[];
  readonly most: number;
  readonly seconds: number;
  readonly title?: { readonly en: string; readonly [language: string]: string | undefined };
}

/** Asks for the items at each visit of home, as the person who is there, and shows them above everything else. */
export const run: RunClient<Options> = (context) => {
  const { options, onPage, find, insertOnce, personId, text, guard } = context;
  onPage(['home'], (page) => {
    let isThere = true;
    let undo: (() => void) | undefined;
    const show = guard((items: readonly ShownItem[]) => {
      const sections = find('homeSections', page)[0];
      const parent = sections?.parentElement;
      if (!isThere || items.length === 0 || sections === undefined || !parent) return;
      const isStill = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
      const words = {
        label: text(featured),
        heading: options.title === undefined ? undefined : text(options.title),
        previous: text(previous),
        next: text(next),
        stop: text(stop),
        position: text(position),
      };
      const { element, end } = createSlideshow(items, words, isStill ? 0 : options.seconds, guard);
      insertOnce(parent, 'slideshow', () => element, sections);
      undo = () => {
        end();
        takeOut(element);
      };
    });
    const asker = personId();
    if (asker !== undefined)
      askItems(context, asker).then(
        (items) => {
          if (personId() === asker) show(items);
        },
        () => undefined,
      );
    return () => {
      isThere = false;
      undo?.();
    };
  });
};

function askItems({ options, ask }: ClientContext<Options>, userId: string): Promise<ShownItem[]> {
  const { show, most } = options;
  const askFor = (which: Query): Promise<ShownItem[]> =>
    ask(
      ITEMS,
      Object.assign({ userId, fields: 'Overview', enableImageTypes: 'Backdrop', limit: most }, which),
    ).then(readItems);
  if (show === 'newest') {
    return askFor({
      sortBy: 'DateCreated',
      sortOrder: 'Descending',
      recursive: true,
      includeItemTypes: 'Movie,Series',
      imageTypes: 'Backdrop',
    });
  }
  if (typeof show === 'string') return askFor({ parentId: show });
  // Jellyfin answers in an order of its own.
  return askFor({ limit: show.length, ids: show.join(',') }).then((items) =>
    items.sort((a, b) => show.indexOf(a.id) - show.indexOf(b.id)).slice(0, most),
  );
}
