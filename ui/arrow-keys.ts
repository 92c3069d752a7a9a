const STOPS = 'a[href], button:not([disabled]), input';

/** True on televisions and boxes: no pointer at all, or only a rough one. */
function isPointerRough(): boolean {
  return !window.matchMedia('(pointer: fine)').matches;
}

/**
 * Moves the focus with the up and down arrows of a remote control, through fields, buttons and links in their order.
 * In a field it does so only where there is no mouse: a desktop browser opens its list of saved names with the same keys.
 */
export function moveWithArrows(event: KeyboardEvent): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const isPlain = !(event.altKey || event.ctrlKey || event.metaKey || event.shiftKey);
  if (step === undefined || !isPlain || event.defaultPrevented) return;
  if (event.target instanceof HTMLInputElement && !isPointerRough()) return;
  const stops = [...document.querySelectorAll<HTMLElement>(STOPS)];
  const now = stops.indexOf(event.target as HTMLElement);
  // From a heading or the page itself, down leads to the first stop.
  const next = now === -1 ? stops[0] : stops[now + step];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}
