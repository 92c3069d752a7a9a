/* config.json, asked for several times at the start of every load (jellyfin-web.md b). */
const webConfig = {
  data: null,

  async ask() {
    if (this.data) return this.data;
    try {
      this.data = await new Promise((resolve, reject) => {
        const request = new XMLHttpRequest();
        request.open('GET', 'config.json', true);
        request.setRequestHeader('Cache-Control', GENERATION === 8 ? 'no-cache' : 'no-store');
        request.onload = () => (request.status < 400 ? resolve(JSON.parse(request.responseText)) : reject(request.status));
        request.onerror = reject;
        request.send();
      });
    } catch (error) {
      console.warn('config.json could not be read, the built-in one is used', error);
      this.data = CLIENT.config;
    }
    return this.data;
  },

  async servers() {
    return (await this.ask()).servers ?? [];
  },
  async themes() {
    return (await this.ask()).themes ?? CLIENT.config.themes;
  },
  async menuLinks() {
    return (await this.ask()).menuLinks ?? [];
  },
  async plugins() {
    return (await this.ask()).plugins ?? CLIENT.config.plugins;
  },
  async multiServer() {
    appHost.features.multiserver = !!(await this.ask()).multiserver;
  },

  /** The first questions come at once, before the first answer is known: 3 on 10.8, 4 later. */
  async start() {
    const first = [this.multiServer(), this.themes(), this.servers()];
    if (GENERATION > 8) first.push(this.menuLinks());
    await Promise.all(first);
  },
};
