import {
  type Contradiction,
  type ContradictionRule,
  doubtful,
  isAtListener,
  pathOf,
  portOf,
  sure,
  type Written,
  withoutEndSlashes,
} from './contradiction.ts';

/** Pages below an address, which people copy along from the browser: the web client's, and our own. */
const PAGE = /\/(web|gatehouse)(?:\/[^/]*)*$/i;

/** What is wrong with an address that was copied from the browser with the page that was open; undefined for others. */
export function findCopiedPage(url: URL): string | undefined {
  const folder = PAGE.exec(url.pathname)?.[1];
  if (folder === undefined) return undefined;
  const owner = folder.toLowerCase() === 'web' ? "Jellyfin's web client" : 'Gatehouse';
  return `must be the address before the pages of ${owner}; remove /${folder} and what is behind it`;
}

const copiedPages: ContradictionRule = (written) =>
  ['public.url', 'jellyfin.url'].flatMap((field) => {
    const url = written.address(field);
    const message = url && findCopiedPage(url);
    return message === undefined ? [] : [sure(field.split('.'), message)];
  });

/** `0.0.0.0` is an address to listen on; nobody can open it. */
const unspecifiedAddresses: ContradictionRule = (written) =>
  ['public.url', 'service.url'].flatMap((field) => {
    const host = written.address(field)?.hostname;
    if (host !== '0.0.0.0' && host !== '[::]') return [];
    const message =
      'must be an address that can be opened; 0.0.0.0 and :: only say where to listen (listen.host)';
    return [sure(field.split('.'), message)];
  });

/** Whether people come to our listener with nothing between that could add or strip a path, or speak TLS for us. */
function comesDirectly(written: Written, url: URL): boolean {
  const listener = written.listener('listen');
  const proxies = written.value('listen.trustedProxies');
  const hasProxies = proxies !== undefined && !(Array.isArray(proxies) && proxies.length === 0);
  return listener !== undefined && isAtListener(url, listener) && !hasProxies;
}

/** Jellyfin's base path is a part of the address people use, unless a proxy in front changes paths. */
const basePaths: ContradictionRule = (written) => {
  const outside = written.address('public.url');
  const inside = written.address('jellyfin.url');
  if (outside === undefined || inside === undefined) return [];
  const own = pathOf(outside).toLowerCase();
  const base = basePathOf(inside).toLowerCase();
  if (PAGE.test(outside.pathname) || PAGE.test(inside.pathname) || own === base) return [];
  if (comesDirectly(written, outside)) {
    const message =
      base === ''
        ? 'has a path that jellyfin.url does not have, and nothing is in between that could strip it: every link in messages would lead nowhere; remove it, or write it into jellyfin.url too'
        : 'must end with the base path of jellyfin.url, or every link in messages leads nowhere; write the same path into both';
    return [sure(['public', 'url'], message)];
  }
  // A path that is longer in front is what a proxy strips; the README says how.
  if (own.endsWith(base)) return [];
  const message =
    'does not end with the base path of jellyfin.url: every link in messages leads nowhere, unless a proxy in front adds that path; write the same path into both';
  return [doubtful(['public', 'url'], message)];
};

/** Of a unix socket it stands behind another colon. */
function basePathOf(url: URL): string {
  if (url.protocol !== 'unix:') return pathOf(url);
  const colon = url.pathname.indexOf(':');
  return colon === -1 ? '' : withoutEndSlashes(url.pathname.slice(colon + 1));
}

/** http where we speak https, or the other way round. */
const protocols: ContradictionRule = (written) => {
  const outside = written.address('public.url');
  const listener = written.listener('listen');
  if (outside === undefined || listener === undefined) return [];
  const isHttps = outside.protocol === 'https:';
  if (isHttps === listener.isEncrypted) return [];
  if (comesDirectly(written, outside)) {
    const message = isHttps
      ? 'begins with https://, and Gatehouse speaks http on that port; add listen.tls, or write http://'
      : 'begins with http://, and with listen.tls Gatehouse speaks https on that port; write https://';
    return [sure(['public', 'url'], message)];
  }
  if (isHttps) return [];
  const message =
    'begins with http://, and Gatehouse itself speaks https (listen.tls): links in messages lead nowhere, unless a proxy in front speaks http; write https://';
  return [doubtful(['public', 'url'], message)];
};

/** Gatehouse in front of itself answers every request by asking itself. */
const ownAddresses: ContradictionRule = (written, { only }) => {
  const found: Contradiction[] = [];
  const asked = written.address('jellyfin.url');
  const section = only === 'reset' ? 'service.listen' : 'listen';
  const own = written.listener(section);
  if (asked !== undefined && own !== undefined && isAtListener(asked, own)) {
    const message = `is the address of Gatehouse itself (${section}.port); write where Jellyfin listens, such as http://127.0.0.1:8096, or move Gatehouse to another port`;
    found.push(sure(['jellyfin', 'url'], message));
  } else if (asked !== undefined && asked.origin === written.address('public.url')?.origin) {
    // Of a socket the origin is the text null, which no address people use has.
    const message =
      'is the address people use (public.url): Gatehouse would ask itself, or links in messages lead past it; write the address Jellyfin has behind Gatehouse';
    found.push(doubtful(['jellyfin', 'url'], message));
  }
  const service = written.address('service.url');
  const people = written.listener('listen');
  if (only === 'injector' && service !== undefined && people !== undefined && isAtListener(service, people)) {
    const message =
      'is the address of this injector itself (listen.port); write where the reset service listens, such as http://127.0.0.1:8098';
    found.push(sure(['service', 'url'], message));
  }
  return found;
};

/** Both halves may read one file: then it says where the reset service listens, and where the injector looks for it. */
const twoHalves: ContradictionRule = (written, { only }) => {
  const found: Contradiction[] = [];
  const people = written.listener('listen');
  const service = written.listener('service.listen');
  const isWritten = written.has('service.listen');
  if (service !== undefined && people?.port === service.port && (isWritten || written.has('service'))) {
    const message =
      'is the port of listen.port too; on one machine the two processes cannot share it; choose another';
    found.push(doubtful(isWritten ? ['service', 'listen', 'port'] : ['service'], message));
  }
  const url = written.address('service.url');
  if (url === undefined || service === undefined || !isWritten) return found;
  const isHere = only !== undefined && isAtListener(url, service);
  const isHttps = url.protocol === 'https:';
  if (portOf(url) === service.port && isHttps !== service.isEncrypted) {
    const message = isHttps
      ? 'begins with https://, and the reset service speaks http there; add service.listen.tls, or write http://'
      : 'begins with http://, and with service.listen.tls the reset service speaks https there; write https://';
    found.push((isHere ? sure : doubtful)(['service', 'url'], message));
  }
  return found;
};

/** People with a directory account would be sent from our page to our page. */
const externalAccounts: ContradictionRule = (written) => {
  const outside = written.value('public.url');
  const external = written.value('reset.externalAccounts');
  if (typeof outside !== 'string' || typeof external !== 'string') return [];
  const own = `${withoutEndSlashes(outside)}/gatehouse`.toLowerCase();
  if (!external.toLowerCase().startsWith(own)) return [];
  const message =
    'leads back to Gatehouse, which cannot change these passwords; write the address of the service that keeps them, or remove the line';
  return [sure(['reset', 'externalAccounts'], message)];
};

/** Addresses that contradict each other. */
export const ADDRESS_RULES: readonly ContradictionRule[] = [
  copiedPages,
  unspecifiedAddresses,
  basePaths,
  protocols,
  ownAddresses,
  twoHalves,
  externalAccounts,
];
