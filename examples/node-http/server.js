import { createServer } from 'node:http';
import { createProxyMiddleware } from 'http-proxy-middleware';
import { createInjector } from 'jellyfin-gatehouse/injector';

const jellyfinUrl = process.env.JELLYFIN_URL ?? 'http://127.0.0.1:8096';

const injector = await createInjector({
  jellyfinUrl,
  mods: {
    'app-name': { name: 'Film Night' },
    'login-notice': { text: 'New here? Ask Ada for an account.' },
    'page-title': { title: 'Film Night' },
  },
});
const proxy = createProxyMiddleware({ target: jellyfinUrl, xfwd: true });

const server = createServer((request, response) => {
  injector(request, response, () => {
    void proxy(request, response, () => response.writeHead(502).end());
  });
});
server.on('upgrade', proxy.upgrade);
server.listen(Number(process.env.PORT ?? 8097));

process.once('SIGTERM', async () => {
  server.close();
  await injector.close();
});
