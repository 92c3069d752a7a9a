/* Pages that are React components in the real client: made anew on each visit, shown by four events at once
   after they are mounted, and removed without any event (jellyfin-web.md i). */
const reactPage = {
  current: null,

  root: () => document.querySelector('.skinBody:not(.mainAnimatedPages)'),

  mount({ id, className, attributes = {}, title, backButton = true, build }, request) {
    this.unmount();
    const page = document.createElement('div');
    page.id = id;
    page.className = `page ${className}`;
    page.dataset.role = 'page';
    if (title) page.dataset.title = title;
    page.dataset.backbutton = String(backButton);
    page.dataset.menubutton = 'false';
    for (const [name, value] of Object.entries(attributes)) page.setAttribute(name, value);
    this.current = page;
    build(page, request.params);
    upgradeElements(page);
    bindReactInputs(page);
    this.root().appendChild(page);
    viewContainer.hideCurrent();
    const detail = { isRestored: false, options: { enableMediaControl: true, supportsThemeMedia: false } };
    dispatchViewEvent(page, 'viewbeforeshow', detail);
    dispatchViewEvent(page, 'viewshow', detail);
    autoFocus(page);
    return page;
  },

  unmount() {
    this.current?.remove();
    this.current = null;
  },
};

/** A React-controlled input: a value set from outside counts only when an `input` event tells of a change that
    went past the element's own `value` property, as React's value tracking has it. */
function controlInput(input) {
  const native = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value');
  let tracked = input.value;
  let state = input.value;
  Object.defineProperty(input, 'value', {
    configurable: true,
    get: () => native.get.call(input),
    set(value) {
      tracked = String(value);
      native.set.call(input, value);
    },
  });
  input.addEventListener('input', () => {
    const typed = native.get.call(input);
    if (typed === tracked) return;
    tracked = typed;
    state = typed;
  });
  return () => state;
}
