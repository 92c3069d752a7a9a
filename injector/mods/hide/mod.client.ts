import type { RunClient } from '../../client/client-mod.ts';
import type { HideOptions } from './mod.ts';

/** Tells the rules which page shows, where the bar does not say whose tabs it has. */
export const run: RunClient<HideOptions> = ({ options, onPage }) => {
  for (const name of options.pages) {
    onPage([name], () => {
      document.documentElement.setAttribute('data-hide', name);
      return () => document.documentElement.removeAttribute('data-hide');
    });
  }
};
