/* Settings in localStorage: bare name before sign-in, `<userId>-name` after it (jellyfin-web.md e). */
const appSettings = {
  get(name, userId) {
    return localStorage.getItem(userId ? `${userId}-${name}` : name);
  },

  set(name, value, userId) {
    localStorage.setItem(userId ? `${userId}-${name}` : name, value);
    Events.trigger(this, 'change', [name]);
  },

  enableAutoLogin(value) {
    if (value !== undefined) this.set('enableAutoLogin', String(value));
    return this.get('enableAutoLogin') !== 'false';
  },
};

const userSettings = {
  userId: null,
  get(name) {
    return appSettings.get(name, this.userId);
  },
  set(name, value) {
    appSettings.set(name, value, this.userId);
    Events.trigger(this, 'change', [name]);
  },
  language() {
    return this.get('language');
  },
  theme() {
    return this.get('appTheme');
  },
  customCss() {
    return this.get('customCss') || '';
  },
  disableCustomCss() {
    return this.get('disableCustomCss') === 'true';
  },
};
