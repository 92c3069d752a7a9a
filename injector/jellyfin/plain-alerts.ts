/**
 * True where Jellyfin's web client may show its dialogs by `window.alert`, in which markup would be read as such:
 * 10.8 to 10.10 do so on most televisions. True for some more, never for too few.
 * Source: `scripts/browser.js` (isTv) and `components/alert.js` of jellyfin-web 10.8.13 to 10.10.7.
 *
 * @param userAgent `navigator.userAgent`.
 */
export function mayAlertInPlainText(userAgent: string): boolean {
  return /tv|samsungbrowser|viera|web0s|netcast|tizen/i.test(userAgent);
}
