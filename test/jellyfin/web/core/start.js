/* The order of a start: globals, server, texts, plugins, and only then the first page (jellyfin-web.md g, live 0.2). */
Object.assign(window, {
  Events,
  Dashboard,
  TaskButton: () => {},
  ServerNotifications: {},
  Emby: { Page: appRouter },
  $: (selector) => [...document.querySelectorAll(selector)],
});
window.jQuery = window.$;

async function start() {
  layoutManager.mark();
  await webConfig.start();
  const address = await findServerAddress();
  if (address) {
    ServerConnections.initApiClient(address);
    if (GENERATION >= 11) ApiClient.getPublicSystemInfo().catch(() => {});
  }
  await globalize.updateCurrentCulture();
  await loadPlugins();

  const showFirstPage = () => {
    buildFrame();
    updateHeaderUser(null);
    buildDrawer('library', null);
    theme.apply();
    loading.show();
    appRouter.start();
  };
  // 10.10 asks for the branding CSS before it connects, 10.8 too; 10.9 after.
  if (GENERATION === 8 || GENERATION === 10) theme.applyBrandingCss();
  showFirstPage();
  if (GENERATION === 9) theme.applyBrandingCss();
  if (GENERATION >= 12) openWebSocket(ApiClient);
  if (!browser.tv) navigator.serviceWorker?.register('serviceworker.js').catch(() => {});
}

start();
