/* window.Dashboard: the functions pages and plugins call. */
const Dashboard = {
  getCurrentUser: () => window.ApiClient.getCurrentUser(false),
  getCurrentUserId: () => window.ApiClient?.getCurrentUserId() ?? null,
  serverAddress: () => findServerAddress(),

  onServerChanged(_userId, _token, client) {
    ServerConnections.setLocalApiClient(client);
  },

  async logout() {
    await ServerConnections.logout();
    // 10.8 keeps its cached views; later ones drop them without an event.
    if (GENERATION > 8) {
      viewContainer.reset();
      viewContainer.current = null;
    }
    Dashboard.navigate(pathOf('login'));
  },

  navigate(url, preserveQueryString) {
    if (!url) throw new Error('url cannot be null or empty');
    return appRouter.show(preserveQueryString ? url + appRouter.search() : url);
  },

  /** A string becomes a toast, an object a dialog. */
  alert(options) {
    if (typeof options === 'string') return toast({ text: options });
    showAlert({ title: options.title || globalize.translate('HeaderAlert'), text: options.message }).then(options.callback || (() => {}));
  },
  confirm(message, title, callback) {
    showConfirm(message, title).then(() => callback(true), () => callback(false));
  },

  capabilities: (host) => ({
    PlayableMediaTypes: ['Audio', 'Video'],
    SupportedCommands: ['GoHome', 'GoToSettings', 'DisplayMessage'],
    SupportsPersistentIdentifier: false,
    SupportsMediaControl: true,
    ...host.getPushTokenInfo(),
  }),
  getPluginUrl: (name) => `configurationpage?name=${encodeURIComponent(name)}`,
  getConfigurationResourceUrl: (name) => ApiClient.getUrl('web/ConfigurationPage', { name }),
  selectServer: () => Dashboard.navigate(pathOf('selectserver')),
  hideLoadingMsg: () => loading.hide(),
  showLoadingMsg: () => loading.show(),
  processPluginConfigurationUpdateResult() {
    loading.hide();
    toast(globalize.translate('SettingsSaved'));
  },
  processServerConfigurationUpdateResult() {
    loading.hide();
    toast(globalize.translate('SettingsSaved'));
  },
  processErrorResponse(response) {
    loading.hide();
    showAlert({ title: response.statusText || String(response.status), text: response.headers?.get('X-Application-Error-Code') });
  },
  dialogHelper,
  datetime: {},
  DirectoryBrowser: function DirectoryBrowser() {},
  itemIdentifier: {},
  ...(GENERATION > 8 && { setBackdropTransparency() {} }),
};

/** The part of the address before the last "/web", unless config.json names servers; the first that answers. */
async function findServerAddress() {
  if (window.ApiClient) return window.ApiClient.serverAddress();
  const urls = [...(await webConfig.servers())];
  if (urls.length === 0) {
    const at = location.href.toLowerCase().lastIndexOf('/web');
    urls.push(at === -1 ? location.origin : location.href.slice(0, at));
  }
  const answers = await Promise.all(
    urls.map((url) =>
      fetch(`${url}/System/Info/Public`, { cache: 'no-cache' })
        .then(async (answer) => (answer.ok ? { url, config: await answer.json() } : null))
        .catch(() => null),
    ),
  );
  const found = answers.filter(Boolean);
  return (found.find(({ config }) => !config.StartupWizardCompleted) ?? found[0])?.url;
}
