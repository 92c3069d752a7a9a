import { ANCHORS, type AnchorName, PAGES } from '../jellyfin/anchors.ts';

/** Tells mods about presses before the client hears of them. */
export interface Presses {
  /** As `ClientContext.onPress`; `run` may not throw. */
  onPress(anchor: AnchorName, run: (press: { prevent(): void }) => void): void;
}

/**
 * One listener on the document, in the capture phase, so that it runs before the client's own on the element, and needs
 * none on elements that come and go. Mouse, touch, Enter, Space and remote controls all end in a click.
 */
export function createPresses(document: Document): Presses {
  const watchers: { readonly anchor: AnchorName; readonly run: (press: { prevent(): void }) => void }[] = [];
  document.addEventListener(
    'click',
    (event) => {
      const { target } = event;
      if (!(target instanceof Element)) return;
      const prevent = () => {
        event.preventDefault();
        // The client never looks whether the default was prevented, so its listeners must not run at all.
        event.stopImmediatePropagation();
      };
      for (const { anchor, run } of watchers) {
        const { selector, page } = ANCHORS[anchor];
        if (target.closest(selector)?.closest(PAGES[page])) run({ prevent });
      }
    },
    true,
  );
  return {
    onPress(anchor, run) {
      watchers.push({ anchor, run });
    },
  };
}
