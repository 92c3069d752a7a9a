import { ANCHORS, type PageName } from '../jellyfin/anchors.ts';
import { PAGE_ADDRESSES } from '../jellyfin/page-addresses.ts';
import { gatehouseUrl, pageUrl } from './addresses.ts';
import { type CallWindow, createCalls } from './calls.ts';
import type { ClientContext, PluginDependencies, Undo } from './client-mod.ts';
import type { Guard } from './guard.ts';
import { pickText } from './language.ts';
import { insertMarked } from './marks.ts';
import { createPages } from './pages.ts';
import { createPresses } from './presses.ts';
import { createSession, type SessionWindow } from './session.ts';

/** Makes the tools of each mod from the parts they share. */
export interface Contexts {
  createContext(mod: string, options: unknown, guard: Guard): ClientContext<unknown>;
  /** As `ClientContext.text`. */
  pick: ClientContext<unknown>['text'];
}

/** What `window` has besides the standard: both are there on all versions once the client has started. */
interface ClientWindow {
  readonly ApiClient?: NonNullable<SessionWindow['ApiClient']> & NonNullable<CallWindow['ApiClient']>;
  readonly Dashboard?: { readonly navigate?: (address: string) => unknown };
}

/** Sets up the listeners all mods share: one for pages, one for presses. */
export function createContexts(window: Window & ClientWindow, dependencies: PluginDependencies): Contexts {
  const { document, location, navigator } = window;
  const session = createSession(window);
  const pages = createPages(document, session.personId);
  const presses = createPresses(document);
  const calls = createCalls(window);
  const pick: Contexts['pick'] = (translations) =>
    pickText(translations, {
      locale: () => dependencies.globalize.getCurrentLocale(),
      navigatorLanguage: navigator.language,
      documentLanguage: document.documentElement.lang,
    });

  return {
    pick,
    createContext: (mod, options, guard) => ({
      options,
      dependencies,
      onPage: (names, run) => pages.onPage(names, guardPage(guard, run)),
      onPress: (anchor, run) => presses.onPress(anchor, guard(run)),
      onAnswer: (call, run) => calls.onAnswer(call, guard(run)),
      find: (anchor, inside) => Array.from(inside.querySelectorAll<HTMLElement>(ANCHORS[anchor].selector)),
      insertOnce: (parent, name, make) => insertMarked(parent, `${mod}/${name}`, make),
      text: pick,
      serverName: session.serverName,
      gatehouseUrl: (path) => gatehouseUrl(location.href, path),
      showPage: (name: PageName) => window.Dashboard?.navigate?.(PAGE_ADDRESSES[name]),
      leaveTo(url, how) {
        const address = pageUrl(location.href, url);
        if (how?.replace === true) location.replace(address);
        else location.assign(address);
      },
      guard,
    }),
  };
}

function guardPage(
  guard: Guard,
  run: (page: HTMLElement) => Undo | undefined,
): (page: HTMLElement) => Undo | undefined {
  return (page) => {
    let undo: Undo | undefined;
    guard(() => {
      undo = run(page);
    })();
    return undo === undefined ? undefined : guard(undo);
  };
}
