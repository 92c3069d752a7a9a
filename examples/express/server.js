import express from 'express';
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

const app = express();
app.use(injector);
app.use(proxy);

const server = app.listen(Number(process.env.PORT ?? 8097));
server.on('upgrade', proxy.upgrade);

process.once('SIGTERM', async () => {
  server.close();
  await injector.close();
});
