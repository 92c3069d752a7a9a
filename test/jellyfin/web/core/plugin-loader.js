/* Plugins named in config.json. One whose name is on `window` is built from there: an (async) function returning
   a class, constructed with the client's own parts; the bundled ones are only names here (jellyfin-web.md e). */
const loadedPlugins = [];

async function loadPlugin(spec) {
  if (!(spec in window)) return;
  const definition = await window[spec];
  if (typeof definition !== 'function') {
    throw new TypeError('Plugin definitions in window have to be an (async) function returning the plugin class');
  }
  const Plugin = await definition();
  if (typeof Plugin !== 'function') throw new TypeError(`Plugin definition doesn't return a class for '${spec}'`);
  const parts = {
    events: Events,
    loading,
    appSettings,
    playbackManager,
    globalize,
    appHost,
    appRouter,
    inputManager,
    toast,
    confirm: showConfirm,
  };
  if (GENERATION >= 9) Object.assign(parts, { dashboard: Dashboard, ServerConnections });
  const plugin = new Plugin(parts);
  plugin.installUrl = spec;
  loadedPlugins.push(plugin);
  await globalize.loadStrings({ name: plugin.id || plugin.packageName, strings: plugin.getTranslations?.() ?? [] });
}

async function loadPlugins() {
  const specs = await webConfig.plugins();
  try {
    await Promise.all(specs.map(loadPlugin));
  } catch (error) {
    console.warn('failed loading plugins', error);
  }
}
