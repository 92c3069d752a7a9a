/** What of a mod's tools a link needs: see `ClientContext`. */
interface LinkTools {
  readonly isFramed: boolean;
  leaveTo(url: string): void;
  guard(run: (event: Event) => void): (event: Event) => void;
}

/** Makes an anchor lead out of the client; the page there does not learn where from, and cannot reach back. */
export function leadOut(link: HTMLAnchorElement, url: string, isNewTab = true): void {
  link.href = url;
  link.rel = 'noopener noreferrer';
  if (isNewTab) link.target = '_blank';
}

/** Makes a link out of the client. In a frame, where its page would be refused, its address is told instead. */
export function makeLink(
  url: string,
  { isFramed, leaveTo, guard }: LinkTools,
  isNewTab = true,
): HTMLAnchorElement {
  const link = document.createElement('a');
  leadOut(link, url, isNewTab);
  if (isFramed)
    link.addEventListener(
      'click',
      guard((event) => {
        event.preventDefault();
        leaveTo(link.href);
      }),
    );
  return link;
}

/** Makes one of the client's own icons, by its name there; whoever does not see it hears nothing of it. */
export function makeIcon(name: string): HTMLElement {
  const icon = document.createElement('span');
  icon.className = `material-icons ${name}`;
  icon.setAttribute('aria-hidden', 'true');
  return icon;
}

/** Takes an element out of the page, if it is there. Not `remove()`, which television sets do not have. */
export function takeOut(element: Element | null | undefined): void {
  if (element?.parentNode) element.parentNode.removeChild(element);
}
