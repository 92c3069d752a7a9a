import type { RunClient } from '../../client/client-mod.ts';
import { HEADER } from '../../jellyfin/header.ts';
import { DEFAULT_TITLE } from '../../jellyfin/web-client.ts';
import type { LogoLinkOptions } from './mod.ts';

/** Leads where the admin wants from the logo of the old bar, made a link for keyboards, and from the link of the new one. */
export const run: RunClient<LogoLinkOptions> = ({
  options,
  onPage,
  showPage,
  leaveTo,
  isFramed,
  serverName,
  text,
  guard,
}) => {
  const { page, url, isNewTab } = options;

  function lead(event: Event): void {
    event.preventDefault();
    event.stopImmediatePropagation();
    if (page !== null) showPage(page);
    else if (url !== null && isNewTab && !isFramed) window.open(url, '_blank', 'noopener');
    else if (url !== null) leaveTo(url);
  }

  const logoOf = ({ target }: Event): Element | null => {
    if (!(target instanceof Element)) return null;
    return target.closest(`${HEADER.oldTitle}.${HEADER.logoClass}, ${HEADER.modernLogo}`);
  };
  document.addEventListener(
    'click',
    guard((event) => {
      if (logoOf(event) !== null) lead(event);
    }),
    true,
  );
  document.addEventListener(
    'keydown',
    guard((event) => {
      if (event.key === 'Enter' && logoOf(event)?.matches(HEADER.oldTitle)) lead(event);
    }),
    true,
  );

  onPage('every', () => {
    const title = document.querySelector(HEADER.oldTitle);
    if (title === null) return undefined;
    const update = guard(() => {
      const isLogo = title.classList.contains(HEADER.logoClass);
      const words = options.name === null ? serverName() || DEFAULT_TITLE : text(options.name);
      const wanted = { role: 'link', tabindex: '0', 'aria-label': words, title: words };
      for (const name of Object.keys(wanted) as (keyof typeof wanted)[]) {
        if (isLogo) title.setAttribute(name, wanted[name]);
        else title.removeAttribute(name);
      }
      title.setAttribute('aria-hidden', String(!isLogo));
    });
    // The client says only after it has shown a page whether the title is the logo.
    const observer = new MutationObserver(update);
    observer.observe(title, { attributes: true, attributeFilter: ['class'] });
    update();
    return () => observer.disconnect();
  });
};
