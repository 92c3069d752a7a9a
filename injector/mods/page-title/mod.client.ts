import type { RunClient } from '../../client/client-mod.ts';
import { DEFAULT_TITLE } from '../../jellyfin/web-client.ts';

/** Keeps the title when the running client writes its own over it. */
export const run: RunClient<{ readonly title: string }> = ({ options, serverName, guard }) => {
  const keep = guard(() => {
    const isDefault = document.title === DEFAULT_TITLE || document.title === serverName();
    // Writing only what differs is what keeps this from answering itself for ever.
    if (isDefault && document.title !== options.title) document.title = options.title;
  });
  new MutationObserver(keep).observe(document.head, { childList: true, characterData: true, subtree: true });
  keep();
};
