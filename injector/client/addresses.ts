/**
 * Address of something below `/gatehouse/`. The client stands at `<base>/web/` or `<base>/web/index.html`, and only the
 * browser knows what a proxy in front has stripped, so it is seen from there.
 *
 * @param page `location.href` of the client.
 * @param path Without a leading slash.
 */
export function gatehouseUrl(page: string, path: string): string {
  const { origin, pathname } = new URL(page);
  const end = pathname.toLowerCase().lastIndexOf('/web');
  return `${origin}${end === -1 ? '' : pathname.slice(0, end)}/gatehouse/${path}`;
}

/**
 * Resolves where a mod wants to lead people.
 *
 * @throws {TypeError} for anything but a page: `javascript:` would run with the person's session.
 */
export function pageUrl(page: string, target: string): string {
  const url = new URL(target, page);
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw new TypeError(`${url.protocol} is not a page`);
  return url.href;
}
