import type { FakeJellyfinOptions } from '../jellyfin/fake-jellyfin.ts';
import type { FakeUser } from '../jellyfin/fake-jellyfin.ts';
import type { JellyfinVersion } from '../jellyfin/versions.ts';
import type { Exchange, RecordedServer } from './recorded.ts';
import { LOGIN_SCENES } from './scenes-login.ts';
import { PIN_SCENES } from './scenes-pin.ts';
import { SERVER_SCENES } from './scenes-server.ts';
import { USER_SCENES } from './scenes-users.ts';
import { KEY, type Scene, type Stage } from './stage.ts';

const ALL: readonly (readonly [RegExp, Scene])[] = [
  ...PIN_SCENES,
  ...LOGIN_SCENES,
  ...USER_SCENES,
  ...SERVER_SCENES,
];

function usersOf(server: RecordedServer): FakeUser[] {
  return ['admin', 'alice', 'bob', 'carol'].map((name) => ({
    name,
    password: `${name}-pw-1`,
    isAdministrator: name === 'admin',
    ...(server.users[name] === undefined ? {} : { id: server.users[name] }),
  }));
}

/** Whether the recorded server believed X-Forwarded-* headers of 127.0.0.1, by the note and the headers sent. */
function knowsProxy(exchange: Exchange): boolean {
  if (/KnownProxies empty/i.test(exchange.note ?? '')) return false;
  if (/ignored|knownproxies-empty/.test(exchange.name)) return false;
  if (/KnownProxies ?=? ?127/.test(exchange.note ?? '')) return true;
  return exchange.requestHeaders.some((line) => /^x-forwarded/i.test(line));
}

function baseUrlOf(exchange: Exchange): string {
  return /BaseUrl ?= ?\/jellyfin/.test(exchange.note ?? '') || exchange.path.startsWith('/jellyfin/')
    ? '/jellyfin'
    : '';
}

/** Everything that must hold before an exchange is replayed: the settings of its fake and what is done to it. */
export function sceneOf(
  version: JellyfinVersion,
  exchange: Exchange,
  server: RecordedServer,
): { options: FakeJellyfinOptions; prepare(stage: Stage): Promise<void> } {
  const scenes = ALL.filter(([name]) => name.test(exchange.name)).map(([, scene]) => scene);
  const options: FakeJellyfinOptions = {
    version,
    apiKeys: [KEY],
    users: usersOf(server),
    serverId: server.serverId,
    serverName: server.serverName,
    baseUrl: baseUrlOf(exchange),
    knownProxies: knowsProxy(exchange) ? ['127.0.0.1'] : [],
    hashMs: 1,
  };
  for (const scene of scenes) Object.assign(options, scene.options);
  return {
    options,
    prepare: async (stage) => {
      for (const scene of scenes) await scene.prepare?.(stage);
    },
  };
}
