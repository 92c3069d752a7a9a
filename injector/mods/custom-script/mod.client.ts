import type { RunClient } from '../../client/client-mod.ts';

/** Loads the script when somebody is signed in, once for each load of the page. */
export const run: RunClient<{ readonly src: string }> = ({ options, onPage, personId }) => {
  let isLoaded = false;
  onPage('every', () => {
    if (isLoaded || personId() === undefined) return undefined;
    isLoaded = true;
    const script = document.createElement('script');
    script.src = options.src;
    document.head.appendChild(script);
    return undefined;
  });
};
