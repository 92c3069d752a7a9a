import type { ClientContext, RunClient } from '../../client/client-mod.ts';
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
        previous: text(previous),
        next: text(next),
        stop: text(stop),
        position: text(position),
        ...(options.title === undefined ? {} : { heading: text(options.title) }),
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
  const common = { userId, fields: 'Overview', enableImageTypes: 'Backdrop', limit: most };
  if (show === 'newest') {
    const sorted = { sortBy: 'DateCreated', sortOrder: 'Descending', recursive: true };
    return ask(ITEMS, {
      ...common,
      ...sorted,
      includeItemTypes: 'Movie,Series',
      imageTypes: 'Backdrop',
    }).then(readItems);
  }
  if (typeof show === 'string') return ask(ITEMS, { ...common, parentId: show }).then(readItems);
  // Jellyfin answers in an order of its own.
  return ask(ITEMS, { ...common, limit: show.length, ids: show.join(',') }).then((answer) =>
    readItems(answer)
      .sort((a, b) => show.indexOf(a.id) - show.indexOf(b.id))
      .slice(0, most),
  );
}
