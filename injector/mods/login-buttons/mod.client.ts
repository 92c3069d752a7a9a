import type { RunClient } from '../../client/client-mod.ts';
import { makeIcon, makeLink } from '../../kit/elements.client.ts';
import type { LoginButtons } from './mod.ts';

/** Puts the buttons between those of the form and the disclaimer, with the classes that give them the client's own look. */
export const run: RunClient<LoginButtons> = (context) => {
  const { options, onPage, find, insertOnce, text } = context;
  const makeButton = ({ name, url, icon, opensNewTab }: LoginButtons['buttons'][number]): HTMLElement => {
    const link = makeLink(url, context, opensNewTab);
    link.className = 'login-buttons-button emby-button raised block';
    if (icon !== undefined) link.appendChild(makeIcon(icon));
    link.appendChild(document.createElement('span')).textContent = text(name);
    return link;
  };

  onPage(['login'], (page) => {
    for (const box of find('loginButtons', page))
      insertOnce(
        box,
        'buttons',
        () => {
          const group = document.createElement('div');
          for (const button of options.buttons) group.appendChild(makeButton(button));
          return group;
        },
        find('loginDisclaimer', box)[0],
      );
    return undefined;
  });
};
