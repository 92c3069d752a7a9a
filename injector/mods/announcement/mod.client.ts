import type { RunClient } from '../../client/client-mod.ts';
import { HOME_TAB } from '../../jellyfin/home-page.ts';
import { makeNotice } from '../../kit/notice.client.ts';
import type { AnnouncementOptions } from './mod.ts';
import { close } from './texts.json';

/** Shows the announcement on the home page to who has not closed it. */
export const run: RunClient<AnnouncementOptions> = ({
  options,
  onPage,
  insertOnce,
  text,
  recall,
  remember,
}) => {
  onPage(['home'], (page) => {
    const tab = page.querySelector(HOME_TAB);
    const isOver = options.until !== null && Date.now() >= options.until;
    if (tab === null || isOver || recall('closed', 'person') === options.id) return undefined;
    const make = () =>
      makeNotice({
        prefix: 'announcement',
        title: options.title === null ? undefined : text(options.title),
        words: text(options.text),
        close: text(close),
        onClose: () => remember('closed', 'person', options.id),
      });
    insertOnce(tab, 'announcement', make, tab.firstElementChild);
    return undefined;
  });
};
