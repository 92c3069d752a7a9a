/* What both routers share: one navigation at a time, finished by the next `viewshow`. A navigation to something
   that never shows therefore blocks the later ones (jellyfin-web-live.md E, last row). */
const pendingShow = {
  promise: null,
  resolve: null,

  async begin(start) {
    if (this.promise) await this.promise;
    this.promise = new Promise((resolve) => {
      this.resolve = resolve;
      setTimeout(start, 0);
    });
    return this.promise;
  },

  finish() {
    const resolve = this.resolve;
    this.promise = null;
    this.resolve = null;
    resolve?.();
  },
};

document.addEventListener('viewshow', () => pendingShow.finish());

/** The part of an address after the hash sign, with a leading slash. */
function cleanPath(path) {
  const plain = path.replace(/^#/, '').replace(/^!/, '');
  return plain.startsWith('/') || plain.includes('://') ? plain : `/${plain}`;
}

const routerShortcuts = {
  ready: () => pendingShow.promise ?? Promise.resolve(),
  goHome: () => Dashboard.navigate(pathOf('home')),
  showSettings: () => Dashboard.navigate(pathOf('mypreferencesmenu')),
  showSearch: () => Dashboard.navigate(pathOf('search')),
  showSelectServer: () => Dashboard.navigate(pathOf('selectserver')),
  showLocalLogin: (serverId) => Dashboard.navigate(`${pathOf('login')}?serverid=${serverId}`),
  canGoBack: () => !!document.querySelector('.dialogContainer') || !/\/(home|login|selectserver)(\.html)?$/.test(appRouter.pathname()),
  baseUrl: () => location.href.split('#')[0].split('?')[0].replace(/\/[^/]*$/, ''),
};
