import type { RunClient } from '../../client/client-mod.ts';

/**
 * Loads the script when somebody is signed in, once for each load of the page. What it did cannot be taken back, so the page
 * is loaded anew when that person is gone.
 */
export const run: RunClient<{ readonly src: string }> = ({ options, onPage, personId }) => {
  let ranFor: string | undefined;
  onPage('every', () => {
    const person = personId();
    if (ranFor !== undefined && ranFor !== person) {
      window.location.reload();
      return undefined;
    }
    if (ranFor !== undefined || person === undefined) return undefined;
    ranFor = person;
    const script = document.createElement('script');
    script.src = options.src;
    document.head.appendChild(script);
    return undefined;
  });
};
