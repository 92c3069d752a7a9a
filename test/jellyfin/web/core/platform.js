/* What the client knows about the device it runs on, and the stand-ins for parts no journey needs. */
const browser = (() => {
  const agent = navigator.userAgent.toLowerCase();
  const tizen = /tizen (\d+)/.exec(agent);
  return {
    tizenVersion: tizen ? Number(tizen[1]) : 0,
    web0s: agent.includes('web0s') || agent.includes('netcast'),
    tv: /tizen|web0s|netcast|smart-?tv|hbbtv|viera|googletv/.test(agent),
    mobile: /mobi|android|iphone|ipad/.test(agent),
    chrome: agent.includes('chrome'),
  };
})();

/* Layout names by version: jellyfin-web-live.md A3, jellyfin-web.md e. */
const layoutManager = (() => {
  const chosen = localStorage.getItem('layout') || 'auto';
  const device = browser.tv ? 'tv' : browser.mobile ? 'mobile' : 'desktop';
  // Up to 10.11 a word that none of them is leaves the client without any layout.
  const named = /^(tv|mobile|desktop)(-legacy)?$/.exec(chosen);
  const isKnown = ['auto', 'experimental', 'modern'].includes(chosen) || (named && !named[2]);
  const kind = GENERATION < 12 && !isKnown ? 'none' : (named?.[1] ?? device);
  const wantsModern =
    GENERATION >= 12 ? !['tv', 'desktop-legacy', 'mobile-legacy'].includes(chosen) && kind !== 'tv'
    : GENERATION >= 9 && chosen === 'experimental';
  return {
    tv: kind === 'tv',
    mobile: kind === 'mobile',
    desktop: kind === 'desktop',
    modern: wantsModern,
    experimental: wantsModern,
    mark() {
      document.documentElement.classList.add(`layout-${kind}`);
    },
  };
})();

const appHost = {
  features: { remotecontrol: true, clientsettings: false, exitmenu: false, multiserver: false },
  supports(feature) {
    return this.features[feature.toLowerCase()] ?? false;
  },
  appName: () => 'Jellyfin Web',
  appVersion: () => CLIENT.version,
  deviceName: () => (browser.chrome ? 'Chrome' : 'Firefox'),
  deviceId() {
    let id = localStorage.getItem('_deviceId2');
    if (!id) {
      id = btoa([navigator.userAgent, Date.now()].join('|')).replace(/=/g, '1');
      localStorage.setItem('_deviceId2', id);
    }
    return id;
  },
  getPushTokenInfo: () => ({}),
  exit() {},
};

const inputManager = {
  on: (element, handler) => element.addEventListener('command', handler),
  off: (element, handler) => element.removeEventListener('command', handler),
  handleCommand: () => {},
};

const playbackManager = {
  currentItem: () => null,
  isPlaying: () => false,
  getPlayers: () => [],
  /** One element plays all sound; what its volume changes to is kept for everything (plugins/htmlAudioPlayer/plugin.js). */
  async playSound({ items }) {
    let element = document.querySelector('.mediaPlayerAudio');
    if (!element) {
      element = document.createElement('audio');
      element.className = 'mediaPlayerAudio hide';
      element.volume = Number(localStorage.getItem('volume') || 1);
      element.addEventListener('volumechange', () => localStorage.setItem('volume', element.volume));
      document.body.appendChild(element);
    }
    element.src = items[0].url;
    await element.play();
  },
};
