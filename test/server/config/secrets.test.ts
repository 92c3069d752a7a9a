import { expect, it } from 'vitest';
import { secretsOf } from '../../../server/config/secrets.ts';

it('finds keys by their name and passwords within URLs, at any depth, and no path or address', () => {
  const found = secretsOf({
    file: '/etc/gatehouse/config.yaml',
    listen: { tls: { certFile: '/a.pem', keyFile: '/key.pem' }, trustedProxies: ['10.0.0.0/8'] },
    jellyfin: { url: 'http://jellyfin:8096', apiKey: 'the-key' },
    reset: { mail: { url: 'smtp://user:p%40ss%22@mail.example.org:587' } },
    storage: 'postgres://gatehouse:pg-secret@db/gatehouse',
    metrics: { enabled: true, token: 'the-token' },
    service: { url: 'http://reset:1', secret: 'shared' },
    telegram: { token: '123456789:AAtelegram', apiUrl: 'https://api.telegram.org' },
    discord: { token: 'discord-token' },
    matrix: { homeserver: 'https://matrix.example.org', accessToken: 'matrix-token' },
    webhook: { secret: 'signing', key: 'family', recipients: [{ name: 'anna', token: 'gotify-token' }] },
    nothing: null,
  });

  expect([...new Set(found)].sort()).toEqual([
    '123456789:AAtelegram',
    'discord-token',
    'family',
    'gotify-token',
    'matrix-token',
    'p%40ss%22',
    'p@ss"',
    'pg-secret',
    'shared',
    'signing',
    'the-key',
    'the-token',
  ]);
});
