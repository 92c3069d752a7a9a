import { describe, expect, it } from 'vitest';
import type { ClientData } from '../../../injector/client/client-data.ts';
import { overrideSettings } from '../../../injector/client/settings.ts';
import { deviceOf } from '../../../injector/jellyfin/client-settings.ts';

const PERSON = '0123456789abcdef0123456789abcdef';
const ANOTHER = 'fedcba9876543210fedcba9876543210';
const DESKTOP = 'Mozilla/5.0 (X11; Linux x64) Chrome/128.0';
const PHONE = 'Mozilla/5.0 (Linux; Android 14) Chrome/128.0 Mobile';
const TELEVISION = 'Mozilla/5.0 (SMART-TV; Linux; Tizen 2.4) TV Safari/538.1';

type BrowserWindow = Parameters<typeof overrideSettings>[0];

/** The stores of a browser with these defaults in force; each window has a Storage of its own to stand in front of. */
function stores(defaults: ClientData['defaults'], userAgent = DESKTOP) {
  class KeptTexts {
    readonly #texts = new Map<string, string>();
    getItem(name: string): string | null {
      return this.#texts.get(String(name)) ?? null;
    }
    setItem(name: string, text: string): void {
      this.#texts.set(name, text);
    }
    removeItem(name: string): void {
      this.#texts.delete(name);
    }
    get length(): number {
      return this.#texts.size;
    }
  }
  const [localStorage, sessionStorage] = [new KeptTexts(), new KeptTexts()];
  const window = { Storage: KeptTexts, localStorage, sessionStorage, navigator: { userAgent } };
  overrideSettings(window as unknown as BrowserWindow, defaults);
  return { localStorage, sessionStorage };
}

const defaults: ClientData['defaults'] = {
  appTheme: { value: 'light', isForced: false },
  enableBackdrops: { value: 'true', isForced: true },
  layout: { value: { desktop: 'desktop-legacy', mobile: 'mobile-legacy' }, isForced: false },
};

describe('a default', () => {
  it('is there before and after signing in where nothing is chosen, for each person', () => {
    const { localStorage } = stores(defaults);
    for (const name of ['appTheme', `${PERSON}-appTheme`, `${ANOTHER}-appTheme`])
      expect(localStorage.getItem(name), name).toBe('light');
  });

  it('gives way to what a person chose, and to nobody else’s choice', () => {
    const { localStorage } = stores(defaults);
    localStorage.setItem(`${PERSON}-appTheme`, 'wmc');
    expect(localStorage.getItem(`${PERSON}-appTheme`)).toBe('wmc');
    expect(localStorage.getItem(`${ANOTHER}-appTheme`)).toBe('light');
    expect(localStorage.getItem('appTheme')).toBe('light');
    localStorage.removeItem(`${PERSON}-appTheme`);
    expect(localStorage.getItem(`${PERSON}-appTheme`)).toBe('light');
  });

  it('gives way to an empty choice too: that is how the client keeps "Auto"', () => {
    const { localStorage } = stores(defaults);
    localStorage.setItem('layout', '');
    expect(localStorage.getItem('layout')).toBe('');
  });

  it('that is forced stands against every choice, which is kept', () => {
    const { localStorage } = stores(defaults);
    localStorage.setItem(`${PERSON}-enableBackdrops`, 'false');
    expect(localStorage.getItem(`${PERSON}-enableBackdrops`)).toBe('true');
    const { localStorage: without } = stores({});
    without.setItem(`${PERSON}-enableBackdrops`, 'false');
    expect(without.getItem(`${PERSON}-enableBackdrops`)).toBe('false');
  });

  it('is written nowhere', () => {
    const { localStorage } = stores(defaults);
    localStorage.getItem('appTheme');
    localStorage.getItem(`${PERSON}-enableBackdrops`);
    expect(localStorage.length).toBe(0);
  });

  it('that is global stands under its bare name only', () => {
    const { localStorage } = stores(defaults);
    expect(localStorage.getItem('layout')).toBe('desktop-legacy');
    expect(localStorage.getItem(`${PERSON}-layout`)).toBe(null);
  });

  it.each([
    [DESKTOP, 'desktop-legacy'],
    [PHONE, 'mobile-legacy'],
    [TELEVISION, null],
  ])('that differs by device is that of the device: %s', (userAgent, layout) => {
    expect(stores(defaults, userAgent).localStorage.getItem('layout')).toBe(layout);
  });
});

describe('untouched stay', () => {
  it('another store', () => {
    const { sessionStorage } = stores(defaults);
    expect(sessionStorage.getItem('appTheme')).toBe(null);
    sessionStorage.setItem('enableBackdrops', 'false');
    expect(sessionStorage.getItem('enableBackdrops')).toBe('false');
  });

  it.each([
    'language',
    'jellyfin_credentials',
    'toString',
    '__proto__',
    `${PERSON}-`,
    `${PERSON}-toString`,
    `${PERSON.slice(1)}-appTheme`,
    `x${PERSON}-appTheme`,
    `${PERSON}-${PERSON}-appTheme`,
    `${PERSON.toUpperCase()}-appTheme`,
    'appTheme-x',
  ])('other names: %s', (name) => {
    const { localStorage } = stores(defaults);
    expect(localStorage.getItem(name)).toBe(null);
    localStorage.setItem(name, 'theirs');
    expect(localStorage.getItem(name)).toBe('theirs');
  });
});

it.each([
  [DESKTOP, 'desktop'],
  ['', 'desktop'],
  [PHONE, 'mobile'],
  ['Mozilla/5.0 (iPad; CPU OS 12_2 like Mac OS X) Safari/604.1', 'mobile'],
  [
    'Mozilla/5.0 (Linux; Android 13; SM-S901B) SamsungBrowser/21.0 Chrome/110.0 Mobile Safari/537.36',
    'mobile',
  ],
  [TELEVISION, 'tv'],
  ['Mozilla/5.0 (Web0S; Linux/SmartTV) Chrome/79.0 Safari/537.36', 'tv'],
  ['Mozilla/5.0 (Windows NT 10.0; Xbox; Xbox One) Edge/44.18363', 'tv'],
  ['Mozilla/5.0 (X11; Linux x86_64; Quest 3) OculusBrowser/32.0 Chrome/122.0 VR Safari/537.36', 'desktop'],
])('the client takes %s for %s', (userAgent, device) => {
  expect(deviceOf(userAgent)).toBe(device);
});
