import type { RunClient } from '../../client/client-mod.ts';
import { ITEMS, playingId, readItems, type ShownItem } from '../../jellyfin/items.ts';
import { takeOut } from '../../kit/elements.client.ts';

/** What ends a pause: going on, another place in the film, another film. */
const ENDS = ['play', 'playing', 'seeking', 'ended', 'emptied'];

/** Shows what is on after a pause of some seconds, and takes it away as soon as it goes on. */
export const run: RunClient<{ readonly seconds: number; readonly overview: boolean }> = (context) => {
  const { options, onPage, insertOnce, ask, personId, guard, dependencies } = context;

  onPage(['video'], (page) => {
    let timer: number | undefined;
    let panel: HTMLElement | undefined;
    let turn = 0;

    const end = () => {
      turn += 1;
      window.clearTimeout(timer);
      takeOut(panel);
      panel = undefined;
    };
    const show = (item: ShownItem | undefined) => {
      if (item === undefined) return;
      const made = panelOf(item, options.overview);
      panel = made;
      // First, so that the client's own buttons are drawn over it.
      insertOnce(page, 'panel', () => made, page.firstElementChild);
    };
    const begin = () => {
      const id = playingId(dependencies['playbackManager']);
      const userId = personId();
      if (id === undefined || userId === undefined) return;
      const mine = turn;
      const hear = guard((answer: unknown) => {
        if (turn === mine) show(readItems(answer)[0]);
      });
      ask(ITEMS, { ids: id, userId, fields: 'Overview' }).then(hear, () => undefined);
    };
    const onPause = guard((event: Event) => {
      end();
      if (event.target instanceof HTMLVideoElement && !event.target.ended)
        timer = window.setTimeout(guard(begin), options.seconds * 1000);
    });
    const onEnd = guard(end);

    // Events of films do not bubble; on the way down they pass the document all the same.
    document.addEventListener('pause', onPause, true);
    for (const name of ENDS) document.addEventListener(name, onEnd, true);
    return () => {
      document.removeEventListener('pause', onPause, true);
      for (const name of ENDS) document.removeEventListener(name, onEnd, true);
      end();
    };
  });
};

function panelOf({ name, year, overview }: ShownItem, isLong: boolean): HTMLElement {
  const panel = document.createElement('div');
  panel.className = 'pause-screen';
  const add = (tag: string, words: string) => {
    const line = document.createElement(tag);
    line.textContent = words;
    panel.appendChild(line);
  };
  add('h2', name);
  if (year !== undefined) add('p', String(year));
  if (isLong && overview !== undefined) add('p', overview);
  return panel;
}
