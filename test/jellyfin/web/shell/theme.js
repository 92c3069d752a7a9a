/* Theme, own CSS of the server and of the person (jellyfin-web.md f): where and when differs by version. */
const theme = {
  async apply() {
    const themes = await webConfig.themes();
    const fallback = themes.find((one) => one.default)?.id ?? 'dark';
    const wanted = userSettings.theme() || fallback;
    const id = themes.some((one) => one.id === wanted) ? wanted : fallback;
    let link = document.getElementById('cssTheme') ?? document.querySelector('link.themeStyles');
    if (!link) {
      link = document.createElement('link');
      link.rel = 'stylesheet';
      link.type = 'text/css';
      if (GENERATION >= 11) link.className = 'themeStyles';
      else link.id = 'cssTheme';
      (GENERATION >= 11 ? document.getElementById('reactRoot') : document.head).appendChild(link);
    }
    const href = `themes/${id}/theme.css`;
    if (link.getAttribute('href') !== href) link.setAttribute('href', href);
    document.documentElement.dataset.theme = id;
    document.getElementById('themeColor').content = themes.find((one) => one.id === id)?.color;
  },

  /** 10.8 to 10.10: GET /Branding/Css into #cssBranding at the end of the body. */
  async applyBrandingCss() {
    const answer = await fetch(ApiClient.getUrl('Branding/Css')).catch(() => null);
    const css = answer?.ok ? await answer.text() : '';
    const own = userSettings.customCss();
    if (GENERATION === 8) {
      styleElement('cssBranding').textContent = userSettings.disableCustomCss() ? '' : css;
      if (own) styleElement('localCssBranding').textContent = own;
    } else {
      styleElement('cssBranding').textContent = `${userSettings.disableCustomCss() ? '' : css}\n${own}`;
    }
  },

  /** 11 and 12: CustomCss of GET /Branding/Configuration into a style without id inside #reactRoot. */
  async applyBrandingOptions() {
    const options = await sdkFetch(ApiClient.getUrl('Branding/Configuration')).catch(() => null);
    const root = document.getElementById('reactRoot');
    let style = root.querySelector(':scope > style');
    if (!style) {
      style = document.createElement('style');
      root.appendChild(style);
    }
    style.textContent = options?.CustomCss && !userSettings.disableCustomCss() ? options.CustomCss : '';
    return options;
  },
};

function styleElement(id) {
  let style = document.getElementById(id);
  if (!style) {
    style = document.createElement('style');
    style.id = id;
    document.body.appendChild(style);
  }
  return style;
}

Events.on(ServerConnections, 'localusersignedin', () => {
  theme.apply();
  if (GENERATION === 11) setTimeout(() => theme.applyBrandingOptions(), 0);
});
Events.on(appSettings, 'change', (_, name) => {
  if (name === 'appTheme') theme.apply();
});
