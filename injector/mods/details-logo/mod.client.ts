import type { RunClient } from '../../client/client-mod.ts';
import { takeOut } from '../../kit/elements.client.ts';

const SHOWN = 'details-logo-shown';

/** Follows the logo that the client puts beside the title, and marks the page once it is loaded. */
export const run: RunClient<object> = ({ onPage, find, insertOnce, guard }) => {
  onPage(['details'], (page) => {
    const logo = find('detailLogo', page)[0];
    const name = find('detailName', page)[0];
    if (logo === undefined || name?.parentElement === null || name === undefined) return undefined;
    const picture = document.createElement('img');
    picture.className = 'details-logo';
    // The title, which is still read aloud, says the same.
    picture.alt = '';
    picture.onload = () => page.classList.add(SHOWN);
    picture.onerror = () => page.classList.remove(SHOWN);
    insertOnce(name.parentElement, 'logo', () => picture, name);

    let shown = '';
    const follow = guard(() => {
      const address = addressOf(logo);
      if (address === shown) return;
      shown = address;
      page.classList.remove(SHOWN);
      if (address !== '') picture.src = address;
    });
    const watcher = new MutationObserver(follow);
    watcher.observe(logo, { attributes: true, attributeFilter: ['class', 'style'] });
    follow();
    return () => {
      watcher.disconnect();
      page.classList.remove(SHOWN);
      takeOut(picture);
    };
  });
};

/** The client gives an element its picture as a background, and hides one that has none. */
function addressOf(logo: HTMLElement): string {
  const written = logo.style.backgroundImage;
  if (logo.classList.contains('hide') || written.slice(0, 4) !== 'url(') return '';
  return written.slice(4, -1).replace(/^["']|["']$/g, '');
}
