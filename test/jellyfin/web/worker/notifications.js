/* Keeps nothing and answers nothing; the page loads this file as a script of its own as well. */
self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(Promise.resolve());
});

self.addEventListener('activate', (event) => {
  if (self.clients) event.waitUntil(self.clients.claim());
});
