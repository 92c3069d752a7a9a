import type { ClientContext } from '../../client/client-mod.ts';
import { detailsHref, type ShownItem, showDetails } from '../../jellyfin/items.ts';
import { makeIcon, takeOut } from '../../kit/elements.client.ts';

/** What the slideshow says, in the person's language. */
export interface SlideshowWords {
  readonly label: string;
  readonly heading: string | undefined;
  readonly previous: string;
  readonly next: string;
  readonly stop: string;
  /** With `{0}` for the number of the slide and `{1}` for how many there are. */
  readonly position: string;
}

/** A slideshow in the page, and what ends its timer. */
export interface Slideshow {
  readonly element: HTMLElement;
  end(): void;
}

/**
 * Builds a slideshow of items: one link shows at a time, with buttons for the others. It goes on by itself until somebody
 * stops it, and waits while it is pointed at or has the focus.
 *
 * @param seconds How long each shows; 0: it never goes on by itself.
 * @param guard As `ClientContext.guard`.
 */
export function createSlideshow(
  items: readonly ShownItem[],
  words: SlideshowWords,
  seconds: number,
  guard: ClientContext<unknown>['guard'],
): Slideshow {
  const element = make('section', 'featured');
  element.setAttribute('aria-label', words.heading ?? words.label);
  if (words.heading !== undefined) element.appendChild(make('h2', 'sectionTitle', words.heading));
  const slides = items.map(slideOf);
  for (const { link, item } of slides) {
    link.addEventListener('click', (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      guard(showDetails)(window, item.id);
    });
    element.appendChild(link);
  }
  const count = make('p', 'featured-count');
  count.setAttribute('aria-live', 'polite');

  let current = 0;
  let timer: number | undefined;
  let isHeld = false;
  const show = (index: number, isAsked: boolean) => {
    current = (index + slides.length) % slides.length;
    slides.forEach(({ link, load }, at) => {
      link.hidden = at !== current;
      // The next one is loaded ahead, the rest when its turn comes.
      if (at === current || at === (current + 1) % slides.length) load();
    });
    // Read aloud only when somebody asked for it.
    if (isAsked)
      count.textContent = words.position
        .replace('{0}', String(current + 1))
        .replace('{1}', String(slides.length));
  };
  const end = () => window.clearInterval(timer);
  show(0, false);
  if (slides.length < 2) return { element, end };

  const buttons = make('div', 'featured-buttons');
  const addButton = (name: string, icon: string, run: () => void) => {
    const button = make('button', '');
    button.setAttribute('type', 'button');
    button.setAttribute('aria-label', name);
    button.title = name;
    button.appendChild(makeIcon(icon));
    button.addEventListener('click', guard(run));
    buttons.appendChild(button);
    return button;
  };
  addButton(words.previous, 'chevron_left', () => show(current - 1, true));
  if (seconds > 0) {
    const stop = addButton(words.stop, 'pause', () => {
      end();
      // The focus would be lost with the button.
      further.focus();
      takeOut(stop);
    });
    const hold = (value: boolean) => () => {
      isHeld = value;
    };
    for (const [name, value] of [
      ['mouseenter', true],
      ['focusin', true],
      ['mouseleave', false],
      ['focusout', false],
    ] as const)
      element.addEventListener(name, hold(value));
    timer = window.setInterval(
      guard(() => {
        if (!isHeld) show(current + 1, false);
      }),
      seconds * 1000,
    );
  }
  const further = addButton(words.next, 'chevron_right', () => show(current + 1, true));
  element.appendChild(buttons);
  element.appendChild(count);
  return { element, end };
}

function slideOf(item: ShownItem) {
  const link = document.createElement('a');
  link.className = 'featured-slide';
  link.href = detailsHref(item.id);
  const picture = document.createElement('img');
  picture.alt = '';
  const words = make('div', 'featured-words');
  words.appendChild(make('h3', '', item.year === undefined ? item.name : `${item.name} (${item.year})`));
  if (item.overview !== undefined) words.appendChild(make('p', '', item.overview));
  link.appendChild(picture);
  link.appendChild(words);
  const load = () => {
    if (item.backdrop === undefined) picture.style.display = 'none';
    else if (picture.getAttribute('src') !== item.backdrop) picture.src = item.backdrop;
  };
  return { item, link, load };
}

function make(tag: string, className: string, words = ''): HTMLElement {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = words;
  return element;
}
