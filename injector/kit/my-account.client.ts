import { ownToken } from '../jellyfin/own-token.ts';

/** What of a mod's tools the way to My Account needs: see `ClientContext`. */
interface AccountTools {
  readonly isFramed: boolean;
  gatehouseUrl(path: string): string;
  leaveTo(url: string): void;
}

/** Where My Account finds the token in the session of this tab, and takes it out again before it does anything else. */
const HANDED_TOKEN = 'gatehouse-token';

/** The person's own token, where it is one of the server that Gatehouse stands in front of. */
export function tokenForAccount({ gatehouseUrl }: Pick<AccountTools, 'gatehouseUrl'>): string | undefined {
  return ownToken(window, gatehouseUrl('').replace(/\/gatehouse\/$/, ''));
}

/**
 * Goes to My Account, and hands over the person's own token, so that nobody has to sign in again: no address and no log has it on
 * the way. In a frame, where that page would be refused, nothing is handed over, and its address is told.
 */
export function goToAccount(tools: AccountTools): void {
  const token = tokenForAccount(tools);
  forgetHandedToken();
  if (token !== undefined && !tools.isFramed) keep((store) => store.setItem(HANDED_TOKEN, token));
  tools.leaveTo(tools.gatehouseUrl('account'));
}

/** Takes back what was handed to a page that never came, as when the server went away just then. */
export function forgetHandedToken(): void {
  keep((store) => store.removeItem(HANDED_TOKEN));
}

/** In a browser that keeps nothing, the person signs in there. */
function keep(change: (store: Storage) => void): void {
  try {
    change(window.sessionStorage);
  } catch {
    // As above.
  }
}
