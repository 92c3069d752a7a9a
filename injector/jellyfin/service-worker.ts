/**
 * What stands in for a service worker that keeps copies of the web client: it removes these copies, brings those in the
 * browser's own cache up to date, and keeps nothing.
 * Jellyfin 10.8's worker answers `index.html` and `config.json` from its own store for ever, so that neither a mod nor
 * a changed config would ever show. Later ones cache nothing and are served as they are.
 * The folder `./` is not brought up to date: 10.8 answers it with 404.
 * Source: jellyfin-web 10.8.13, serviceworker.js (Workbox precache), seen running.
 */
const EMPTYING_WORKER = `self.addEventListener('install', function () { self.skipWaiting(); });
self.addEventListener('activate', function (event) {
  event.waitUntil(
    caches.keys().then(function (names) {
      return Promise.all(names.filter(function (name) { return name.indexOf('workbox') === 0; })
        .map(function (name) { return caches.delete(name); }));
    }).then(function () { return self.clients.claim(); }).then(function () {
      return Promise.all(['index.html', 'config.json'].map(function (name) {
        return fetch(name, { cache: 'reload', credentials: 'same-origin' }).catch(function () {});
      }));
    })
  );
});
`;

/** Returns the worker unchanged unless it keeps copies of the client's files. */
export function replaceServiceWorker(source: Buffer): Buffer {
  return /workbox|precache/i.test(source.toString('latin1')) ? Buffer.from(EMPTYING_WORKER) : source;
}
