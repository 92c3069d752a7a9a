/** Jellyfin's client beside our pages, as seen from `<base>/gatehouse/reset`. The file is named: 10.8 knows no `/web/`. */
const DEFAULT_ADDRESS = '../web/index.html';

/**
 * Tells where to sign in.
 *
 * @param answer What the server said, relative to `/gatehouse/`; without it, Jellyfin's client beside our pages.
 * @param page Address of the page, for relative answers.
 * Promises an http or https address: anything else (`javascript:`, nonsense) gives the default.
 */
export function signInAddress(answer: string | undefined, page: string): string {
  const fallback = new URL(DEFAULT_ADDRESS, page).href;
  if (answer === undefined) return fallback;
  try {
    const { protocol, href } = new URL(answer, page);
    return protocol === 'https:' || protocol === 'http:' ? href : fallback;
  } catch {
    return fallback;
  }
}
