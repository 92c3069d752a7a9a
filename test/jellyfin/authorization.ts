import { empty, Refusal } from './answers.ts';
import { isInLocalNetwork } from './network.ts';
import type { FakeRequest } from './request.ts';
import type { ClientInfo, DeviceRow } from './tokens.ts';
import type { UserRow } from './users.ts';
import type { World } from './world.ts';

/** Who calls: what the token of a request came to, and what the client says about itself. */
export type Caller = { info: ClientInfo } & (
  | { kind: 'anonymous' }
  | { kind: 'invalid' }
  | { kind: 'key'; token: string }
  | { kind: 'user'; token: string; user: UserRow; row: DeviceRow }
);

function decodeValue(raw: string): string {
  try {
    return decodeURIComponent(raw.replaceAll('+', ' '));
  } catch {
    return raw;
  }
}

/** The pairs of `MediaBrowser Client="a", Token=b`; undefined for a scheme this server does not speak. */
function readDictionary(header: string, schemes: readonly string[]): Map<string, string> | undefined {
  const [, scheme = '', rest = ''] = /^\s*(\S+)\s*(.*)$/s.exec(header) ?? [];
  if (!schemes.includes(scheme.toLowerCase())) return undefined;
  const found = new Map<string, string>();
  for (const pair of rest.matchAll(/([^=,\s]+)\s*=\s*(?:"([^"]*)"|([^,]*))/g)) {
    found.set(pair[1] ?? '', decodeValue(pair[2] ?? pair[3]?.trim() ?? ''));
  }
  return found;
}

function dictionaryOf(world: World, request: FakeRequest): Map<string, string> {
  const legacy = world.traits.xEmbyAuthorizationFirst || world.settings.legacyAuthorization;
  const schemes = legacy ? ['mediabrowser', 'emby'] : ['mediabrowser'];
  const own = request.header('authorization');
  const emby = legacy ? request.header('x-emby-authorization') : undefined;
  const header = world.traits.xEmbyAuthorizationFirst ? emby || own : own || emby;
  return (header && readDictionary(header, schemes)) || new Map();
}

function tokenOf(
  world: World,
  request: FakeRequest,
  dictionary: ReadonlyMap<string, string>,
): string | undefined {
  const legacy = world.traits.xEmbyAuthorizationFirst || world.settings.legacyAuthorization;
  const places = [
    dictionary.get('Token'),
    legacy ? request.header('x-emby-token') : undefined,
    legacy ? request.header('x-mediabrowser-token') : undefined,
    request.query.get('apikey'),
    legacy ? request.query.get('api_key') : undefined,
  ];
  return places.find((token) => token);
}

/** Reads who calls. Source: AuthorizationContext, table 3.1 of the notes on the server. */
export function readCaller(world: World, request: FakeRequest): Caller {
  const dictionary = dictionaryOf(world, request);
  const info: ClientInfo = {
    client: dictionary.get('Client') ?? '',
    device: dictionary.get('Device') ?? '',
    deviceId: dictionary.get('DeviceId') ?? '',
    version: dictionary.get('Version') ?? '',
  };
  const token = tokenOf(world, request, dictionary);
  if (token === undefined) return { kind: 'anonymous', info };
  if (world.keys.all().some((key) => key.token === token)) return { kind: 'key', token, info };
  const row = world.tokens.find(token);
  const user = row && world.users.find(row.userId);
  if (!row || !user) return { kind: 'invalid', info };
  // A client that gives another name or version than at its login renames its device.
  if (info.device) row.device = info.device;
  if (info.version) row.version = info.version;
  const known = { client: row.client, device: row.device, deviceId: row.deviceId, version: row.version };
  return { kind: 'user', token, user, row, info: known };
}

/** Whether the client counts as being in the LAN. Source: HttpContext.IsLocal and NetworkManager. */
export function isInNetwork(world: World, request: FakeRequest): boolean {
  const subnets = world.settings.network['LocalNetworkSubnets'];
  return request.isLocal || isInLocalNetwork(request.address, Array.isArray(subnets) ? subnets : []);
}

/** Who may call a route. `setup`: anybody until the wizard is done, then administrators. */
export type Access = 'anyone' | 'signed-in' | 'administrator' | 'administrator-or-lan' | 'setup';

/** Whether a caller has an administrator's rights. */
export function isAdministrator(caller: Caller): boolean {
  return caller.kind === 'key' || (caller.kind === 'user' && caller.user.policy['IsAdministrator'] === true);
}

/** Refuses a caller that may not call, with the empty 401 or 403 of the authorization middleware. */
export function assertAccess(world: World, request: FakeRequest, caller: Caller, access: Access): void {
  if (access === 'anyone' || (access === 'setup' && !world.settings.wizardCompleted)) return;
  if (access === 'administrator-or-lan' && world.traits.anonymousLanRestart && isInNetwork(world, request))
    return;
  if (caller.kind === 'anonymous' || caller.kind === 'invalid') throw new Refusal(empty(401));
  if (caller.kind === 'user') {
    if (caller.user.policy['IsDisabled'] === true) throw new Refusal(empty(401));
    const mayBeRemote = caller.user.policy['EnableRemoteAccess'] === true;
    const askedByRole = access !== 'signed-in' && world.traits.minor >= 9;
    if (!mayBeRemote && !askedByRole && !isInNetwork(world, request)) throw new Refusal(empty(403));
  }
  if (access !== 'signed-in' && !isAdministrator(caller)) throw new Refusal(empty(403));
}
