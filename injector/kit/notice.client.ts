import { takeOut } from './elements.client.ts';

/** What a notice in a page of the client is made of. */
export interface Notice {
  /** First part of its class names, as `noticeRules` was given. */
  readonly prefix: string;
  readonly title?: string | undefined;
  /** Plain text; line breaks stay. */
  readonly words: string;
  /** What the button that takes it away says to who does not see its sign. */
  readonly close: string;
  /** Called after the notice is gone; must not throw. */
  onClose(): void;
}

/** Makes a notice: words in a box with a button that takes it away. `noticeRules` gives it its look. */
export function makeNotice({ prefix, title, words, close, onClose }: Notice): HTMLElement {
  const box = document.createElement('div');
  box.className = prefix;
  box.setAttribute('role', 'note');
  const body = box.appendChild(document.createElement('div'));
  body.className = `${prefix}-body`;
  if (title !== undefined) body.appendChild(document.createElement('strong')).textContent = title;
  body.appendChild(document.createElement('div')).textContent = words;
  const button = box.appendChild(document.createElement('button'));
  button.type = 'button';
  button.className = `${prefix}-close`;
  button.setAttribute('aria-label', close);
  button.title = close;
  button.textContent = '\u00d7';
  button.addEventListener('click', () => {
    takeOut(box);
    onClose();
  });
  return box;
}
