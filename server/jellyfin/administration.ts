import { z } from 'zod';
import { JellyfinRefusedKeyError } from './errors.ts';
import { type JellyfinAnswer, type JellyfinCall, readJsonAnswer, unexpectedAnswer } from './send.ts';

/** What an administrator changes of a Jellyfin when Gatehouse is set up. Each rejects with a JellyfinUnreachableError, or a JellyfinRefusedKeyError on 401 and 403. */
export interface Administration {
  /** Makes an API key and answers it. @param app Its name under Dashboard, API Keys. */
  makeKey(app: string): Promise<string>;
  /** One that is gone is no error. */
  deleteKey(key: string): Promise<void>;
  /** Addresses, networks and names that Jellyfin believes who a client is. */
  knownProxies(): Promise<readonly string[]>;
  /** Adds one; all other settings of the network stay. It counts from Jellyfin's next start on. */
  addKnownProxy(address: string): Promise<void>;
  /** Has Jellyfin begin anew; films that play break off. */
  restart(): Promise<void>;
}

/** The part of an answer that tells of keys. Source: AuthenticationInfo, 10.8 to 12.0. */
const KeyList = z.looseObject({
  Items: z.array(z.looseObject({ AccessToken: z.string().min(1), AppName: z.string().nullish() })),
});

/** Is read, changed and written back whole. Source: NetworkConfiguration, 10.8 to 12.0. */
const NetworkSettings = z.looseObject({ KnownProxies: z.array(z.string()).nullish() });

/**
 * Makes the calls.
 *
 * @param parts.identity Of an administrator, or with an API key.
 * Source: jellyfin ApiKeyController.cs, ConfigurationController.cs, SystemController.cs, 10.8.13 to 12.0; seen live on five versions.
 */
export function createAdministration(parts: {
  readonly send: (call: JellyfinCall) => Promise<JellyfinAnswer>;
  readonly identity: JellyfinCall['identity'];
}): Administration {
  async function ask(
    method: JellyfinCall['method'],
    path: string,
    what: string,
    body?: unknown,
  ): Promise<JellyfinAnswer> {
    const answer = await parts.send({ method, path, identity: parts.identity, body });
    if (answer.status >= 200 && answer.status < 300) return answer;
    if (answer.status === 401 || answer.status === 403) throw new JellyfinRefusedKeyError(answer.status);
    throw unexpectedAnswer(what, answer);
  }

  async function keys(app: string): Promise<readonly string[]> {
    const answer = await ask('GET', '/Auth/Keys', 'Auth/Keys');
    const { Items } = readJsonAnswer(KeyList, 'Auth/Keys', answer);
    return Items.filter(({ AppName }) => AppName === app).map(({ AccessToken }) => AccessToken);
  }

  async function network(): Promise<z.infer<typeof NetworkSettings>> {
    const what = 'System/Configuration/network';
    return readJsonAnswer(NetworkSettings, what, await ask('GET', `/${what}`, what));
  }

  return {
    async makeKey(app) {
      const before = new Set(await keys(app));
      const made = await ask('POST', `/Auth/Keys?app=${encodeURIComponent(app)}`, 'Auth/Keys');
      // The answer is empty: it is the one that was not there before.
      const key = (await keys(app)).find((one) => !before.has(one));
      if (key === undefined) throw unexpectedAnswer('Auth/Keys', made);
      return key;
    },
    async deleteKey(key) {
      const path = `/Auth/Keys/${encodeURIComponent(key)}`;
      const answer = await parts.send({ method: 'DELETE', path, identity: parts.identity });
      if (answer.status >= 300 && answer.status !== 404 && answer.status !== 401)
        throw unexpectedAnswer('Auth/Keys', answer);
    },
    async knownProxies() {
      return (await network()).KnownProxies ?? [];
    },
    async addKnownProxy(address) {
      const settings = await network();
      const known = settings.KnownProxies ?? [];
      if (known.includes(address)) return;
      const body = { ...settings, KnownProxies: [...known, address] };
      await ask('POST', '/System/Configuration/network', 'System/Configuration/network', body);
    },
    async restart() {
      await ask('POST', '/System/Restart', 'System/Restart');
    },
  };
}
