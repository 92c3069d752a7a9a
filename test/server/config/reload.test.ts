import { describe, expect, it } from 'vitest';
import type { Config } from '../../../server/config/config.ts';
import { changesNeedingRestart } from '../../../server/config/reload.ts';

const started: Config = {
  only: undefined,
  remoteReset: undefined,
  resetListener: undefined,
  file: '/config/config.yaml',
  isFromFile: true,
  listen: { host: '0.0.0.0', port: 8097, trustedProxies: [] },
  publicUrl: undefined,
  isHstsSent: false,
  publicHosts: [],
  jellyfin: { url: 'http://127.0.0.1:8096', dataFolder: undefined, watchDataFolder: 'auto' },
  guard: { lanRoutes: true, wizard: true, homeOnly: true },
  loginThrottle: undefined,
  reset: undefined,
  storage: '/config/gatehouse.db',
  cache: undefined,
  files: {
    folder: '/config',
    lockFile: '/config/mods.lock.yaml',
    storeFolder: '/config/gatehouse-cache/files',
    allowPrivate: [],
    state: [],
  },
  log: { level: 'info', format: 'auto' },
  metrics: { enabled: true },
  shutdown: { drain: 0, grace: 30_000 },
  enabledMods: {},
  modConditions: {},
};

describe('changesNeedingRestart', () => {
  it('names host, port and database', () => {
    const next = {
      ...started,
      listen: { ...started.listen, host: '::', port: 80 },
      storage: '/data/gatehouse.db',
    };
    expect(changesNeedingRestart(started, next)).toEqual(['listen.host', 'listen.port', 'storage']);
  });

  it('names https being turned on, and not another certificate', () => {
    const tls = { certFile: '/config/cert.pem', keyFile: '/config/key.pem' };
    const encrypted = { ...started, listen: { ...started.listen, tls } };
    expect(changesNeedingRestart(started, encrypted)).toEqual(['listen.tls']);
    const renewed = {
      ...started,
      listen: { ...started.listen, tls: { ...tls, certFile: '/config/new.pem' } },
    };
    expect(changesNeedingRestart(encrypted, renewed)).toEqual([]);
  });

  it('names nothing that takes effect at once', () => {
    const next: Config = {
      ...started,
      listen: { ...started.listen, trustedProxies: ['10.0.0.0/8'] },
      publicUrl: 'https://media.example.org',
      jellyfin: { ...started.jellyfin, url: 'http://127.0.0.1:8097' },
      log: { level: 'debug', format: 'auto' },
      enabledMods: { 'page-title': { title: 'Films' } },
    };
    expect(changesNeedingRestart(started, next)).toEqual([]);
  });
});
