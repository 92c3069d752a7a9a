/* Texts. Everything on screen asks this object at call time, so replacing its functions changes the client. */
const FALLBACK_CULTURE = 'en-us';

const globalize = {
  dictionaries: {},
  culture: FALLBACK_CULTURE,

  getCurrentLocale: () => globalize.culture,
  getCurrentDateTimeLocale: () => globalize.culture,
  getDefaultCulture: () => document.documentElement.getAttribute('data-culture') || navigator.language || FALLBACK_CULTURE,
  defaultModule: () => 'core',
  normalizeLocaleName: (culture) => culture.replace('_', '-').toLowerCase(),

  async updateCurrentCulture() {
    const culture = userSettings.language() || globalize.getDefaultCulture();
    globalize.culture = globalize.normalizeLocaleName(culture);
    document.documentElement.setAttribute('lang', globalize.culture);
    await Promise.all([loadDictionary(globalize.culture), loadDictionary(FALLBACK_CULTURE)]);
  },

  /** A plugin's own texts would be registered here; journeys use none. */
  loadStrings: () => Promise.resolve(),
  register() {},

  translate(key, ...values) {
    let text = lookUp(key);
    values.forEach((value, index) => {
      text = text.replaceAll(`{${index}}`, value.toLocaleString(globalize.culture));
    });
    return text;
  },

  /** The real client hands in a template's text or its module, whose text is `default`. */
  translateHtml(html) {
    const text = html.default || html;
    return text.replace(/\$\{(\w+)\}/g, (_, key) => lookUp(key));
  },
};
globalize.getDefaultLanguage = globalize.getDefaultCulture;
globalize.getIsRTL = () => false;
globalize.getIsElementRTL = () => false;

function lookUp(key) {
  const name = key.includes('#') ? key.split('#')[1] : key;
  const text = globalize.dictionaries[globalize.culture]?.[name] || globalize.dictionaries[FALLBACK_CULTURE]?.[name];
  if (!text) console.error(`Translation key is missing from dictionary: ${name}`);
  return text || name;
}

async function loadDictionary(culture) {
  if (globalize.dictionaries[culture]) return;
  const language = CLIENT.stringChunks[culture] ? culture : culture.split('-')[0];
  const chunk = CLIENT.stringChunks[language] ?? CLIENT.stringChunks[FALLBACK_CULTURE];
  globalize.dictionaries[culture] = await loadChunk(chunk);
}

Events.on(userSettings, 'change', (_, name) => {
  if (name === 'language') globalize.updateCurrentCulture();
});
