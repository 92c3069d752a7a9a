import type { RunClient } from '../../client/client-mod.ts';
import type { LoginButtons } from './mod.ts';

/** Puts the buttons between those of the form and the disclaimer, with the classes that give them the client's own look. */
export const run: RunClient<LoginButtons> = ({
  options,
  onPage,
  find,
  insertOnce,
  text,
  leaveTo,
  isFramed,
  guard,
}) => {
  const makeLink = ({ name, url, icon, opensNewTab }: LoginButtons['buttons'][number]): HTMLElement => {
    const link = document.createElement('a');
    link.className = 'login-buttons-button emby-button raised block';
    link.href = url;
    link.rel = 'noopener noreferrer';
    if (opensNewTab) link.target = '_blank';
    if (icon !== undefined) {
      const picture = document.createElement('span');
      picture.className = `material-icons ${icon}`;
      picture.setAttribute('aria-hidden', 'true');
      link.appendChild(picture);
    }
    const words = document.createElement('span');
    words.textContent = text(name);
    link.appendChild(words);
    if (isFramed)
      link.addEventListener(
        'click',
        guard((event: Event) => {
          event.preventDefault();
          leaveTo(link.href);
        }),
      );
    return link;
  };

  onPage(['login'], (page) => {
    for (const box of find('loginButtons', page))
      insertOnce(
        box,
        'buttons',
        () => {
          const group = document.createElement('div');
          for (const button of options.buttons) group.appendChild(makeLink(button));
          return group;
        },
        find('loginDisclaimer', box)[0],
      );
    return undefined;
  });
};
