import type { RunClient } from '../../client/client-mod.ts';
import { makeLink } from '../../kit/elements.client.ts';
import type { LoginFooter } from './mod.ts';

/** A whole address; brackets in it are closed in it. */
const ADDRESS = /https?:\/\/(?:[^\s<>"()]|\([^\s<>"()]*\))+/g;

/** Without the punctuation of the sentence that it stands in. */
function addressAlone(found: string): string {
  let length = found.length;
  while (length > 0 && '.,;:!?'.indexOf(found.charAt(length - 1)) >= 0) length -= 1;
  return found.slice(0, length);
}

/** Puts text and links behind everything else of the login page. */
export const run: RunClient<LoginFooter> = (context) => {
  const { options, onPage, insertOnce, text } = context;
  const linkTo = (words: string, url: string): HTMLElement => {
    const link = makeLink(url, context);
    link.textContent = words;
    return link;
  };

  const makeText = (words: string): HTMLElement => {
    const line = document.createElement('p');
    let done = 0;
    words.replace(ADDRESS, (found: string, at: number) => {
      const address = addressAlone(found);
      line.appendChild(document.createTextNode(words.slice(done, at)));
      line.appendChild(linkTo(address, address));
      done = at + address.length;
      return found;
    });
    line.appendChild(document.createTextNode(words.slice(done)));
    return line;
  };

  const makeFooter = (): HTMLElement => {
    const footer = document.createElement('footer');
    footer.className = 'login-footer';
    if (options.text !== undefined) footer.appendChild(makeText(text(options.text)));
    if (options.links.length > 0) {
      const row = document.createElement('p');
      for (const { name, url } of options.links) {
        // The space lets a row that is too long break here.
        row.appendChild(linkTo(text(name), url));
        row.appendChild(document.createTextNode(' '));
      }
      footer.appendChild(row);
    }
    return footer;
  };

  onPage(['login'], (page) => insertOnce(page, 'footer', makeFooter) as undefined);
};
