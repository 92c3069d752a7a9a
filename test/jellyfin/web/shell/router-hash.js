/* 10.9+: addresses #/x.html (9, 10) or #/x (11, 12). Who may see what at the start: jellyfin-web.md a. */
function createHashRouter() {
  let shownPath = null;
  let turn = 0;

  const fullPath = () => hashHistory.location.pathname + hashHistory.location.search;

  async function onUpdate(action) {
    if (fullPath() === shownPath) return pendingShow.finish();
    const { pathname, search, state } = hashHistory.location;
    const path = pathname + search;
    shownPath = path;
    const mine = ++turn;
    // What follows is done by components in the real client, after everybody has heard of the change.
    await new Promise((resolve) => setTimeout(resolve, 0));
    if (mine !== turn) return;
    if (/^\/?!/.test(pathname)) {
      if (GENERATION >= 12) hashHistory.tell();
      return hashHistory.replace(cleanPath(pathname.replace(/^\/?!\/?/, '/')) + search);
    }
    if (pathname === '/' || pathname === '') return hashHistory.replace(pathOf('home') + search);

    const page = pageAt(pathname);
    if (!page && GENERATION <= 10) return reactPage.unmount();
    const isMounted = page?.kind === 'react' && reactPage.current?.id === page.id;
    if (!(await mayShow(page ?? pages.get('fallback'))) || mine !== turn) return;
    if (!page && pathname.endsWith('.html')) return hashHistory.replace(pathname.slice(0, -5) + search);
    // A React page whose search changes stays as it is and fires nothing (live E, "search-parameter-only").
    if (isMounted) {
      page.onSearch?.(reactPage.current, paramsOf(path));
      return pendingShow.finish();
    }
    await showPage(page ?? pages.get('fallback'), { path, state, isBack: action === 'POP' });
  }

  async function mayShow(page) {
    if (page.public && GENERATION <= 10) return true;
    const first = ServerConnections.firstConnection ? null : await ServerConnections.connect();
    ServerConnections.firstConnection = true;
    const loggedIn = ServerConnections.currentApiClient()?.isLoggedIn();
    if (first && first.State !== 'SignedIn' && !loggedIn) {
      if (first.State !== 'ServerSignIn') return showConnectionError(first.State);
      await fetch(`${first.ApiClient.serverAddress()}/System/Info/Public`, { cache: 'no-cache' });
      return bounce(first);
    }
    if (!page.public && !loggedIn) return bounce(await ServerConnections.connect());
    if (await isAllowed(page)) return true;
    hashHistory.push(pathOf('home'));
    return false;
  }

  /** To the login page with the wanted address in `url`; true if that is where we are. */
  function bounce(connection) {
    const { pathname } = hashHistory.location;
    if (connection.State === 'SignedIn') hashHistory.push(pathOf('home'));
    else if (pathname === pathOf('login')) return true;
    else hashHistory.push(`${pathOf('login')}?serverid=${connection.ApiClient.serverId()}&url=${encodeURIComponent(fullPath())}`);
    return false;
  }

  function showConnectionError(state) {
    if (state === 'ServerSelection') hashHistory.push(pathOf('selectserver'));
    else loading.hide();
    return false;
  }

  const router = {
    ...routerShortcuts,
    pathname: () => hashHistory.location.pathname,
    search: () => hashHistory.location.search,

    async show(target, state) {
      await router.ready();
      const wanted = cleanPath(target.replace(router.baseUrl(), ''));
      if (hashHistory.location.pathname === wanted && !wanted.startsWith('/home')) return;
      return pendingShow.begin(() => hashHistory.push(wanted, state));
    },

    back: () => pendingShow.begin(() => history.back()),

    pushDialog(key, onGone) {
      const { state } = hashHistory.location;
      let here = true;
      hashHistory.push(fullPath(), { ...state, dialogs: [...(state?.dialogs ?? []), key] });
      const unlisten = hashHistory.listen(({ location: now }) => {
        if (now.state?.dialogs?.includes(key)) return;
        unlisten();
        here = false;
        onGone();
      });
      return {
        leave() {
          unlisten();
          if (!here) return Promise.resolve();
          return new Promise((resolve) => {
            const stop = hashHistory.listen(() => {
              stop();
              resolve();
            });
            history.back();
          });
        },
      };
    },

    start() {
      hashHistory.start();
      hashHistory.listen(({ action }) => onUpdate(action));
      onUpdate('POP');
    },
  };
  if (GENERATION === 9) {
    router.addRoute = (target, { contentPath, ...route }) =>
      definePage(target.replace(/^\//, '').replace(/\.html$/, ''), { ...route, contentPath: contentPath ?? target });
  }
  return router;
}
