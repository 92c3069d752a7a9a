import type { Clock } from '../ports/clock.ts';
import {
  type ActivityEntry,
  ActivityPage,
  type DeviceInfo,
  DeviceList,
  EndpointInfo,
  isUserId,
  PublicSystemInfo,
  UserDto,
  UserList,
  type UserPolicy,
} from './answers.ts';
import { JellyfinRefusedKeyError } from './errors.ts';
import {
  type JellyfinAnswer,
  type JellyfinCall,
  readJsonAnswer,
  sendToJellyfin,
  unexpectedAnswer,
} from './send.ts';
import { type SignIn, signIn, signOut } from './sign-in.ts';
import { createTransport, type Transport } from './transport.ts';

const PAGE = 500;
const MOST_PAGES = 20;

/**
 * Reads the activity log from its newest entry on, no further than the reader goes. Entries of no account are left out.
 *
 * @param get Reads one page.
 * Source: ActivityLogController.GetLogEntries, 10.8 to 12.0.
 */
export async function* readActivity(
  get: (path: string) => Promise<ActivityPage>,
): AsyncGenerator<ActivityEntry, void, void> {
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const path = `/System/ActivityLog/Entries?startIndex=${page * PAGE}&limit=${PAGE}&hasUserId=true`;
    const { Items } = await get(path);
    yield* Items;
    if (Items.length < PAGE) return;
  }
}

/** How to reach Jellyfin, and as whom. */
export interface JellyfinApiOptions {
  /** `jellyfin.url`: http, https or unix, with the base path, if it has one. */
  readonly url: string;
  /** The only certificate authorities to trust, in PEM. */
  readonly ca?: string | undefined;
  /** An API key; on 10.8, which lets none set a password, an administrator's access token does. */
  readonly apiKey: string;
  /** Random, one for each installation or process: all traces of it are removed again. Not empty. */
  readonly deviceId: string;
  /** Version of this program. */
  readonly version: string;
  /** Longest wait for one answer, default 10,000. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  /** Made of `url` and `ca` when left out. */
  readonly transport?: Transport;
}

/**
 * The few calls of Jellyfin that a reset needs; each has one form that works from 10.8 to 12. All of them throw
 * `JellyfinUnreachableError` when Jellyfin does not answer as itself, and those that send the key
 * `JellyfinRefusedKeyError` on 401 and 403. No error holds a token or password.
 */
export interface JellyfinApi {
  readonly deviceId: string;
  publicInfo(): Promise<PublicSystemInfo>;
  users(): Promise<readonly UserDto[]>;
  /** Undefined when there is none of that id. */
  user(id: string): Promise<UserDto | undefined>;
  /** Whose access token `apiKey` is; undefined for a key. */
  ownUserId(): Promise<string | undefined>;
  /** Whether `apiKey` is a key and not somebody's access token. */
  isApiKey(): Promise<boolean>;
  /** False for 500, which proves neither success nor failure, and for 404. The password must not be empty. */
  setPassword(id: string, password: string): Promise<boolean>;
  /** Replaces the whole policy: pass on everything that was read. */
  setPolicy(id: string, policy: UserPolicy): Promise<void>;
  /** Signs in on a device of its own; a wrong password counts as a failed sign-in. */
  signIn(name: string, password: string, deviceId: string): Promise<SignIn>;
  /** Ends the token; one that is dead already is no error. */
  signOut(token: string, deviceId: string): Promise<void>;
  /** Devices of all people. Jellyfin's own filter by user means something else. */
  devices(): Promise<readonly DeviceInfo[]>;
  /** Ends all tokens on a device; one that is gone is no error. */
  deleteDevice(id: string): Promise<void>;
  /** What happened to accounts, newest first, page by page, as far back as 10,000 entries. */
  activity(): AsyncIterable<ActivityEntry>;
  /** Whether Jellyfin takes this very call for one from its home network. */
  isInNetwork(): Promise<boolean>;
  /** The same for a call in the name of a client at that address; `barred` when it gets no answer or is refused. */
  isClientInNetwork(address: string): Promise<boolean | 'barred'>;
  /** The same calls, ended by a signal at the latest. */
  within(signal: AbortSignal): JellyfinApi;
}

/** Below `/Users/`. Only an id may stand there: dots, for one, would lead to other routes. */
function userPath(id: string, rest = ''): string {
  if (!isUserId(id)) throw new TypeError('a user id of Jellyfin has 32 lower-case hex digits');
  return `/Users/${id}${rest}`;
}

/** Makes the calls. Source: jellyfin UserController.cs, DevicesController.cs, SessionController.cs, SystemController.cs. */
export function createJellyfinApi(options: JellyfinApiOptions): JellyfinApi {
  const { apiKey, deviceId, version } = options;
  const transport = options.transport ?? createTransport(options.url, options.ca);
  const connection = { timeoutMs: 10_000, ...options, ...transport };
  const send = (call: JellyfinCall): Promise<JellyfinAnswer> => sendToJellyfin(connection, call);

  async function ask(
    method: JellyfinCall['method'],
    path: string,
    {
      body,
      forwardedFor,
      may = [],
    }: { body?: unknown; forwardedFor?: string | undefined; may?: readonly number[] } = {},
  ): Promise<JellyfinAnswer> {
    const identity = { deviceId, version, token: apiKey };
    const answer = await send({ method, path, body, forwardedFor, identity });
    if ((answer.status >= 200 && answer.status < 300) || may.includes(answer.status)) return answer;
    if (answer.status === 401 || answer.status === 403) throw new JellyfinRefusedKeyError(answer.status);
    throw unexpectedAnswer(`${method} ${path.replace(/\?.*/, '')}`, answer);
  }

  async function ownUserId(): Promise<string | undefined> {
    const answer = await ask('GET', '/Users/Me', { may: [400] });
    return answer.status === 400 ? undefined : readJsonAnswer(UserDto, 'Users/Me', answer).Id;
  }

  return {
    deviceId,
    publicInfo: async () =>
      readJsonAnswer(PublicSystemInfo, 'System/Info/Public', await ask('GET', '/System/Info/Public')),
    users: async () => readJsonAnswer(UserList, 'Users', await ask('GET', '/Users')),
    async user(id) {
      if (!isUserId(id)) return undefined;
      const answer = await ask('GET', userPath(id), { may: [400, 404] });
      return answer.status === 200 ? readJsonAnswer(UserDto, 'Users/{id}', answer) : undefined;
    },
    ownUserId,
    isApiKey: async () => (await ownUserId()) === undefined,
    async setPassword(id, password) {
      if (password === '') throw new TypeError('an empty password would open the account to everybody');
      const body = { NewPw: password };
      const answer = await ask('POST', userPath(id, '/Password'), {
        body,
        may: [404, 500],
      });
      return answer.status < 300;
    },
    async setPolicy(id, policy) {
      await ask('POST', userPath(id, '/Policy'), { body: policy });
    },
    signIn: (name, password, ownDeviceId) => signIn({ send, version }, name, password, ownDeviceId),
    signOut: (token, ownDeviceId) => signOut({ send, version }, token, ownDeviceId),
    devices: async () => readJsonAnswer(DeviceList, 'Devices', await ask('GET', '/Devices')).Items,
    async deleteDevice(id) {
      await ask('DELETE', `/Devices?id=${encodeURIComponent(id)}`, { may: [400, 404] });
    },
    activity: () =>
      readActivity(async (path) =>
        readJsonAnswer(ActivityPage, 'System/ActivityLog/Entries', await ask('GET', path)),
      ),
    isInNetwork: async () =>
      readJsonAnswer(EndpointInfo, 'System/Endpoint', await ask('GET', '/System/Endpoint')).IsInNetwork,
    async isClientInNetwork(forwardedFor) {
      const answer = await ask('GET', '/System/Endpoint', { forwardedFor, may: [401, 403, 503] });
      // 10.8 bars with 200 and nothing in it.
      if (answer.status !== 200 || answer.text === '') return 'barred';
      return readJsonAnswer(EndpointInfo, 'System/Endpoint', answer).IsInNetwork;
    },
    within: (signal) => createJellyfinApi({ ...options, transport, signal }),
  };
}

/** Shown while Jellyfin cannot be asked, or has no name. */
const FALLBACK_NAME = 'Jellyfin';

/** A name changes about never, and every page asks for it. */
const NAME_KEPT_MS = 60_000;

/** How long nobody asks again after Jellyfin did not answer: each message that goes out would wait for it. */
const NAME_MISSED_MS = 5_000;

/** Longest wait for the name: a page waits for it. */
const NAME_WAIT_MS = 2_000;

/** Whom to ask. */
interface Asked {
  within(signal: AbortSignal): { publicInfo(): Promise<PublicSystemInfo> };
}

/**
 * Makes `serverName` of the port `Accounts`: asks once a minute, for all who want to know at once; the last name while
 * Jellyfin is away. Never throws.
 */
export function createServerName(api: Asked, clock: Clock): () => Promise<string> {
  let known = { name: FALLBACK_NAME, until: 0 };
  let asking: Promise<string> | undefined;

  async function ask(): Promise<string> {
    try {
      const { ServerName } = await api.within(AbortSignal.timeout(NAME_WAIT_MS)).publicInfo();
      known = { name: ServerName?.trim() || FALLBACK_NAME, until: clock.now() + NAME_KEPT_MS };
    } catch {
      // The last name it had is better than none.
      known = { name: known.name, until: clock.now() + NAME_MISSED_MS };
    }
    return known.name;
  }

  return async () => {
    if (clock.now() < known.until) return known.name;
    asking ??= ask().finally(() => {
      asking = undefined;
    });
    return asking;
  };
}
