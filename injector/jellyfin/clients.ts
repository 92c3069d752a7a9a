/** Kinds of clients that show Jellyfin's web client, by what the User-Agent says. */
export const CLIENT_KINDS = ['browser', 'android', 'ios', 'tv'] as const;

/** A kind of client. */
export type ClientKind = (typeof CLIENT_KINDS)[number];

/**
 * Tells what kind of client asks: a television or a set-top box, a telephone or tablet of Android's or Apple's (in an app or
 * a browser), anything else is a browser. Tablets that say they are a Mac count as a browser.
 *
 * Source: `scripts/browser.js` of jellyfin-web 10.8 to 12.0 (isTv, android, iOS); Jellyfin's apps for Android and iOS, which
 * show the web client with the User-Agent of the system.
 *
 * @param userAgent Undefined and empty count as a browser.
 */
export function clientKindOf(userAgent: string | undefined): ClientKind {
  const text = (userAgent ?? '').slice(0, 1000);
  if (
    /\b(?:smart-?tv|tv|web0s|webos|netcast|viera|tizen|aftt|aftb|aftm|bravia|hbbtv|xbox|playstation)\b/i.test(
      text,
    )
  )
    return 'tv';
  if (/android/i.test(text)) return 'android';
  return /iphone|ipad|ipod/i.test(text) ? 'ios' : 'browser';
}
