/* Legacy views: three stay in the DOM, the others of them with class `hide`; going back restores by URL. */
const VIEW_SLOTS = 3;

const viewContainer = {
  views: [],
  urls: [],
  selected: -1,
  current: null,

  root: () => document.querySelector('.mainAnimatedPages'),

  async load(request) {
    const slot = (this.selected + 1) % VIEW_SLOTS;
    const view = parseView(request.html);
    view.classList.add('mainAnimatedPage');
    if (request.type) view.setAttribute('data-type', request.type);
    const old = this.views[slot];
    if (old) old.dispatchEvent(new CustomEvent('viewdestroy', {}));
    if (old?.isConnected) old.replaceWith(view);
    else this.root().appendChild(view);
    this.views[slot] = view;
    await new Promise((resolve) => setTimeout(resolve, 0));
    if (request.cancelled) return;
    this.beforeChange(view, request, false);
    this.show(view, slot, request);
    this.urls[slot] = request.url;
    this.afterChange(view, request, undefined);
  },

  /** True if a view of this URL was still there and is shown again. */
  async restore(request) {
    const slot = this.urls.indexOf(request.url);
    const view = slot === -1 ? null : this.views[slot];
    if (!view) return false;
    await Promise.resolve();
    this.beforeChange(view, request, true);
    this.show(view, slot, request);
    this.afterChange(view, request, true);
    return true;
  },

  show(view, slot) {
    for (const other of this.views) if (other && other !== view) other.classList.add('hide');
    view.classList.remove('hide');
    this.selected = slot;
  },

  beforeChange(view, request, isRestored) {
    if (this.current) dispatchViewEvent(this.current, 'viewbeforehide', leavingDetail(this.current), true);
    const detail = arrivingDetail(view, request, isRestored || undefined);
    if (!view.initComplete) {
      view.initComplete = true;
      request.controller?.(view, detail.params);
      dispatchViewEvent(view, 'viewinit', detail);
    }
    dispatchViewEvent(view, 'viewbeforeshow', detail);
  },

  afterChange(view, request, isRestored) {
    if (this.current) dispatchViewEvent(this.current, 'viewhide', leavingDetail(this.current));
    this.current = view;
    if (isRestored ? !layoutManager.mobile : request.autoFocus) focusFirst(view);
    dispatchViewEvent(view, 'viewshow', arrivingDetail(view, request, isRestored));
  },

  /** A React page is about to show. */
  hideCurrent() {
    if (!this.current) return;
    dispatchViewEvent(this.current, 'viewbeforehide', leavingDetail(this.current));
    dispatchViewEvent(this.current, 'viewhide', leavingDetail(this.current));
    this.current.classList.add('hide');
    this.current = null;
  },

  reset() {
    this.views = [];
    this.urls = [];
    this.selected = -1;
    const root = this.root();
    if (root) root.innerHTML = '';
  },
};

function parseView(html) {
  const wrapper = document.createElement('div');
  wrapper.innerHTML = html;
  upgradeElements(wrapper);
  return wrapper.querySelector('[data-role="page"]') ?? wrapper;
}

/** Only the tv layout moves the focus of its own accord. */
function autoFocus(container) {
  if (layoutManager.tv) focusFirst(container);
}

function focusFirst(container) {
  const wanted = container.querySelector('[autofocus], .autoFocus');
  const candidates = [wanted, ...container.querySelectorAll('input, button, a[href]')];
  candidates.find((element) => element && element.offsetParent && !element.disabled)?.focus({ preventScroll: true });
}
