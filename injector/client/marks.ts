const MARK = 'data-gatehouse';

/** Adds an element marked `<mod>` or `<mod>/<name>`, unless `parent` has it already. */
export function insertMarked(parent: Element, mark: string, make: () => HTMLElement): void {
  for (let child = parent.firstElementChild; child !== null; child = child.nextElementSibling) {
    if (child.getAttribute(MARK) === mark) return;
  }
  const element = make();
  element.setAttribute(MARK, mark);
  parent.appendChild(element);
}

/** Removes everything mods have inserted, in hidden pages too: the client keeps those and shows them to the next person. */
export function removeMarked(inside: ParentNode): void {
  for (const element of Array.from(inside.querySelectorAll(`[${MARK}]`)))
    element.parentNode?.removeChild(element);
}
