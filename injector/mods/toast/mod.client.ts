import type { RunClient } from '../../client/client-mod.ts';
import type { ToastOptions } from './mod.ts';

/** Says the words on the first page that a person sees, as often as it is wanted. */
export const run: RunClient<ToastOptions> = ({
  options,
  onPage,
  personId,
  text,
  toast,
  recall,
  remember,
}) => {
  let isDone = false;
  let isSignIn = false;

  onPage('every', () => {
    if (personId() === undefined) {
      // Whoever comes next signs in, and is told anew.
      isDone = false;
      isSignIn = true;
      return undefined;
    }
    if (isDone) return undefined;
    isDone = true;
    if (options.at === 'sign-in' && !isSignIn) return undefined;
    const mark = options.times === 'daily' ? `${options.id} ${new Date().toDateString()}` : options.id;
    if (options.times !== 'always' && recall('told', 'person') === mark) return undefined;
    remember('told', 'person', mark);
    toast(text(options.text));
    return undefined;
  });
};
