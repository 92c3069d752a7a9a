/* 10.8: addresses #!/x.html. Typed hashes are never followed, an unknown address leaves the app, and whoever is not
   signed in at the start goes to login whatever was asked for (jellyfin-web.md a, jellyfin-web-live.md 0.8). */
function createHashbangRouter() {
  let path = null;
  let firstConnection = null;
  let openDialogs = [];
  let leaving = null;

  const stateOf = (target, state) => state ?? { path: target };
  const place = (method, target) => history[`${method}State`]({ path: target }, '', target ? `#!${target}` : '#!');

  function dispatch(target, { method, isBack = false, state }) {
    const pathname = target.split('?')[0];
    const page = pathname === '' || pathname === '/' || pathname === '/index.html' ? 'start' : pageAt(pathname);
    if (!page || !(target === '' || target[0] === '/' || target[0] === '?')) {
      if (method === 'push') location.href = target;
      else place('replace', target);
      return;
    }
    if (method) place(method, target);
    authenticate(page, target, { isBack, state });
  }

  async function authenticate(page, target, how) {
    const first = firstConnection;
    firstConnection = null;
    if (first?.State === 'ServerSignIn') {
      const info = await fetch(`${first.ApiClient.serverAddress()}/System/Info/Public`).then((answer) => answer.json());
      if (info.StartupWizardCompleted !== false) await toSignIn(first);
      return;
    }
    if (first && first.State !== 'SignedIn') return void appRouter.showSelectServer();
    const loggedIn = ServerConnections.currentApiClient()?.isLoggedIn();
    if (!loggedIn && !page.public) return void toSignIn(await ServerConnections.connect());
    if (page === 'start') return void appRouter.goHome();
    if (!(await isAllowed(page))) return void appRouter.goHome();
    path = target;
    await showPage(page, { path: target, url: appRouter.baseUrl() + target, ...how, state: stateOf(target, how.state) });
  }

  async function toSignIn(connection) {
    if (connection.State === 'SignedIn') return void appRouter.goHome();
    await connection.ApiClient.getPublicUsers().catch(() => []);
    appRouter.showLocalLogin(connection.Servers[0].Id);
  }

  window.addEventListener('popstate', (event) => {
    leaving?.();
    leaving = null;
    if (!event.state) return;
    const gone = openDialogs.filter((dialog) => !event.state.path.includes(dialog.key));
    openDialogs = openDialogs.filter((dialog) => !gone.includes(dialog));
    for (const dialog of gone) dialog.onGone();
    if (event.state.path === path || event.state.path.startsWith('/dialog?')) return pendingShow.finish();
    dispatch(event.state.path, { isBack: true, state: event.state });
  });

  return {
    ...routerShortcuts,
    pathname: () => (path ?? '').split('?')[0],
    search: () => (path ?? '').replace(/^[^?]*/, ''),
    current: () => pageAt((path ?? '').split('?')[0]) ?? null,

    async show(target) {
      await appRouter.ready();
      const wanted = cleanPath(target.replace(appRouter.baseUrl(), ''));
      if (wanted === path && pageAt(wanted.split('?')[0])?.name !== 'home') return;
      return pendingShow.begin(() => dispatch(wanted, { method: 'push' }));
    },

    back: () => pendingShow.begin(() => history.back()),

    addRoute(target, { contentPath, ...route }) {
      definePage(target.replace(/^\//, '').replace(/\.html$/, ''), { ...route, contentPath: contentPath ?? target });
    },

    pushDialog(key, onGone) {
      const dialog = { key, onGone };
      openDialogs.push(dialog);
      place('push', `/dialog?dlg=${key}`);
      return {
        leave() {
          if (!openDialogs.includes(dialog)) return Promise.resolve();
          openDialogs = openDialogs.filter((one) => one !== dialog);
          return new Promise((resolve) => {
            leaving = resolve;
            history.back();
          });
        },
      };
    },

    async start() {
      firstConnection = await ServerConnections.connect();
      loading.hide();
      const hash = location.hash;
      dispatch(hash.startsWith('#!') ? hash.slice(2) + location.search : location.search + hash, { method: 'replace' });
    },
  };
}
