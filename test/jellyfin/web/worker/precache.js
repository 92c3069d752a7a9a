/* Precaching and cache-first, in miniature: FILES stands above. */
const CACHE = `workbox-precache-v2-${self.registration.scope}`;
const revisionKey = ({ revision, url }) => {
  const key = new URL(url, self.location.href);
  if (revision) key.searchParams.set('__WB_REVISION__', revision);
  return key.href;
};
const keys = new Map(FILES.map((file) => [new URL(file.url, self.location.href).href, revisionKey(file)]));

self.addEventListener('install', (event) => {
  self.skipWaiting();
  event.waitUntil(
    (async () => {
      const cache = await caches.open(CACHE);
      for (const [address, key] of keys) {
        if (await cache.match(key)) continue;
        const answer = await fetch(key, { cache: 'reload', credentials: 'same-origin' });
        if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
        await cache.put(key, answer);
      }
    })(),
  );
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      const cache = await caches.open(CACHE);
      const wanted = new Set(keys.values());
      for (const request of await cache.keys()) if (!wanted.has(request.url)) await cache.delete(request);
      await self.clients.claim();
    })(),
  );
});

self.addEventListener('fetch', (event) => {
  const { method, url } = event.request;
  const address = new URL(url);
  address.hash = '';
  for (const name of [...address.searchParams.keys()]) if (/^utm_|^fbclid$/.test(name)) address.searchParams.delete(name);
  const key = keys.get(address.href) ?? (address.href.endsWith('/') ? keys.get(`${address.href}index.html`) : undefined);
  if (method !== 'GET' || !key) return;
  event.respondWith(caches.open(CACHE).then(async (cache) => (await cache.match(key)) ?? fetch(event.request)));
});
