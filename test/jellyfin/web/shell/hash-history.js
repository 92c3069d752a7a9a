/* 10.9+: the history behind #/x. Every change is told on the bus as HISTORY_UPDATE before the page shows. */
const hashHistory = {
  action: 'POP',
  location: null,

  read() {
    const path = location.hash.slice(1).replace(/^(?!\/)/, '/');
    const at = path.indexOf('?');
    return {
      pathname: at === -1 ? path : path.slice(0, at),
      search: at === -1 ? '' : path.slice(at),
      hash: '',
      state: history.state?.usr ?? null,
      key: history.state?.key ?? 'default',
    };
  },

  /** Pages whose code is loaded on demand (10 to 12): until it is there, the bus is told once more of the old place. */
  loaded: new Set(),
  tellWhileLoading(path) {
    const page = GENERATION >= 10 ? pageAt(path.split('?')[0]) : null;
    if (page?.kind !== 'react' || page.name === 'fallback' || this.loaded.has(page.name)) return;
    this.loaded.add(page.name);
    this.tell();
  },

  go(method, path, state) {
    this.tellWhileLoading(path);
    const key = Math.random().toString(36).slice(2, 10);
    history[`${method}State`]({ usr: state, key }, '', `#${path}`);
    this.update(method.toUpperCase());
  },
  push(path, state) {
    this.go('push', path, state);
  },
  replace(path, state) {
    this.go('replace', path, state);
  },
  back: () => history.back(),

  update(action) {
    this.action = action;
    this.location = this.read();
    this.tell();
  },
  tell() {
    Events.trigger(document, 'HISTORY_UPDATE', [{ historyAction: this.action, location: this.location }]);
  },

  listen(listener) {
    const onUpdate = (_, state) => listener({ action: state.historyAction, location: state.location });
    Events.on(document, 'HISTORY_UPDATE', onUpdate);
    return () => Events.off(document, 'HISTORY_UPDATE', onUpdate);
  },

  start() {
    this.location = this.read();
    window.addEventListener('popstate', () => this.update('POP'));
  },
};
