import { mayAlertInPlainText, PLUGIN_ENTRY } from '../jellyfin/web-client.ts';
import type { ClientData, ClientText } from './client-data.ts';
import type { PluginDependencies, RunClient } from './client-mod.ts';
import { createContexts, gatehouseUrl } from './contexts.ts';
import { createErrorBoundary } from './error-boundary.ts';
import { isFramed } from './framed.ts';
import type { Languages } from './languages.ts';
import type { Persons } from './persons.ts';
import type { overrideSettings } from './settings.ts';
import { overrideTexts } from './texts.ts';

/** The browser parts of the mods, by name; each is loaded by a call, so that one that throws harms only itself. */
export type Parts = { readonly [name: string]: () => { readonly run: RunClient<unknown> } };

/**
 * Offers our plugin to Jellyfin's plugin manager, which constructs it before the first page shows.
 *
 * Promises: the promise it waits for is settled at once, or after a second where texts are still on their way (10.10 and
 * later show nothing until it is); the constructor
 * never throws; constructed a second time it does nothing.
 * Source: `components/pluginManager.js` of jellyfin-web, 10.8.13 to 12.0.
 *
 * @param settings What tells the settings of `data`; left out where there are none.
 * @param speak What loads texts of other languages than English; left out where there are none.
 */
export function install(
  window: Window & typeof globalThis,
  data: ClientData,
  parts: Parts,
  settings?: () => { readonly overrideSettings: typeof overrideSettings },
  speak?: () => Languages,
): void {
  let languages: Languages | undefined;
  if (speak !== undefined)
    createErrorBoundary(
      'languages',
      warn,
    )(() => {
      languages = speak();
    })();
  if (settings !== undefined)
    createErrorBoundary('settings', warn)(() => settings().overrideSettings(window, data.defaults))();
  let isStarted = false;
  function GatehousePlugin(dependencies: PluginDependencies) {
    if (!isStarted) {
      isStarted = true;
      createErrorBoundary('Gatehouse', warn)(() => start(window, data, parts, dependencies, languages))();
    }
    // Not frozen: the plugin manager writes to it. No getRoutes: 10.8 fails over it.
    return { name: 'Gatehouse', id: 'gatehouse', type: 'gatehouse' };
  }
  Object.defineProperty(window, PLUGIN_ENTRY, {
    value: () => Promise.resolve(languages?.ready).then(() => GatehousePlugin),
    configurable: true,
  });
}

function start(
  window: Window & typeof globalThis,
  data: ClientData,
  parts: Parts,
  dependencies: PluginDependencies,
  languages: Languages | undefined,
): void {
  const contexts = createContexts(window, dependencies, [...data.styles, ...data.mods], languages);
  const isPlain = mayAlertInPlainText(window.navigator.userAgent);
  const say = ({ translations, isElseTheirs }: ClientText) =>
    isElseTheirs === true ? contexts.find(translations) : contexts.pick(translations);
  overrideTexts(dependencies.globalize, data.strings, say, createErrorBoundary('texts', warn), {
    isPlain,
    isFramed: isFramed(window),
    gatehouseUrl: (page) => gatehouseUrl(window.location.href, page),
  });
  showStyles(window.document, data.styles, contexts.persons);
  for (const { name, part, options, person } of data.mods) {
    const guard = createErrorBoundary(name, warn);
    guard(() => parts[part]?.().run(contexts.createContext(name, options, guard, person)))();
  }
}

/** Puts the stylesheets of some persons into the page while one of them uses the client. */
function showStyles(document: Document, styles: ClientData['styles'], persons: Persons): void {
  const links: (HTMLLinkElement | undefined)[] = [];
  const show = (): void =>
    styles.forEach(({ person, url }, index) => {
      const link = links[index];
      if (persons.is(person) === (link !== undefined)) return;
      if (link !== undefined) {
        document.head.removeChild(link);
        links[index] = undefined;
        return;
      }
      const added = document.createElement('link');
      added.rel = 'stylesheet';
      added.href = url;
      links[index] = document.head.appendChild(added);
    });
  persons.onChange(show);
  show();
}

function warn(message: string, error: unknown): void {
  // biome-ignore lint/suspicious/noConsole: the only place in a browser where an admin can find out which mod failed
  console.warn(message, error);
}
