import { type Answer, errorText, json, Refusal } from './answers.ts';
import { readBody } from './bodies.ts';
import { readGuid } from './dotnet-text.ts';
import { type Call, type Route, route } from './routes.ts';
import { logSessionActivity } from './session-activity.ts';
import { sessionInfo } from './sessions.ts';
import { checkPassword } from './sign-in.ts';
import type { ClientInfo, DeviceRow } from './tokens.ts';
import { userDto } from './user-dto.ts';
import type { UserRow } from './users.ts';
import type { World } from './world.ts';

/** 400 from 10.9 on unless the client names itself, its device and its version. */
export function assertDeviceFields(world: World, info: ClientInfo): void {
  const isWhole = info.client && info.device && info.deviceId && info.version;
  if (!isWhole && world.traits.requiresDeviceFields) throw new Refusal(errorText(400));
}

function assertRoom(world: World, user: UserRow, info: ClientInfo): void {
  const allowed = user.policy['EnabledDevices'];
  const isAllowed =
    user.policy['EnableAllDevices'] === true ||
    user.policy['IsAdministrator'] === true ||
    (Array.isArray(allowed) && allowed.includes(info.deviceId));
  const most = Number(user.policy['MaxActiveSessions']);
  const active = world.sessions.all().filter((session) => session.userId === user.id).length;
  if (!isAllowed || (most >= 1 && active >= most)) throw new Refusal(errorText(403));
}

/**
 * A token for a user on a device. 10.8 takes the one there is, and ends those of other users on that device; without
 * a DeviceId it ends every token of the server and fails. From 10.9 on the user's old token on it ends.
 */
function tokenFor(world: World, user: UserRow, info: ClientInfo): DeviceRow {
  if (world.traits.requiresDeviceFields) {
    for (const row of world.tokens.all()) {
      if (row.deviceId === info.deviceId && row.userId === user.id) world.tokens.revoke(row.token);
    }
    return world.tokens.create(user.id, info);
  }
  const rows = world.tokens.all().filter((row) => !info.deviceId || row.deviceId === info.deviceId);
  const own = info.deviceId ? rows.find((row) => row.userId === user.id) : undefined;
  for (const row of rows) if (row !== own) world.tokens.revoke(row.token);
  if (!info.deviceId) throw new Refusal(errorText(500));
  return own ?? world.tokens.create(user.id, info);
}

/** Signs a user in on a device: checks, token, session, answer. Quick Connect knows no address. */
export async function openSession(
  world: World,
  user: UserRow,
  info: ClientInfo,
  address: string | undefined,
): Promise<Answer> {
  assertRoom(world, user, info);
  const row = tokenFor(world, user, info);
  // The token exists before the user's row is written, so a change of the password in between ends it at once.
  const session = await logSessionActivity(world, user, info, address);
  if (world.traits.minor >= 9) {
    world.activity.add({
      name: `${user.name} successfully authenticated`,
      type: 'AuthenticationSucceeded',
      userId: user.id,
      shortOverview: `IP address: ${address ?? ''}`,
    });
  }
  return json({
    User: userDto(world.traits, world.serverId, user),
    SessionInfo: sessionInfo(world.traits, world.serverId, session),
    AccessToken: row.token,
    ServerId: world.serverId,
  });
}

async function signIn(call: Call, name: string, password: string): Promise<Answer> {
  const { world, request, caller } = call;
  assertDeviceFields(world, caller.info);
  if (!name.trim()) throw new Refusal(errorText(400));
  const user = await checkPassword(world, request, name, password, true);
  if (!user) throw new Refusal(errorText(401));
  return openSession(world, user, caller.info, request.address);
}

async function authenticateByName(call: Call): Promise<Answer> {
  const body = readBody(call.request, {
    parameter: 'request',
    model: 'Jellyfin.Api.Models.UserDtos.AuthenticateUserByName',
  });
  return signIn(call, body.text('Username') ?? '', body.text('Pw') ?? '');
}

async function authenticateById(call: Call): Promise<Answer> {
  const user = call.world.users.find(readGuid(call.params.get('userId') ?? '') ?? '');
  if (!user) return json('User not found', 404);
  return signIn(call, user.name, call.request.query.get('pw') ?? '');
}

/** Signing in with a name or, the old way, with an id. */
export const LOGIN_ROUTES: readonly Route[] = [
  route('POST', '/Users/AuthenticateByName', 'anyone', authenticateByName),
  route('POST', '/Users/{userId}/Authenticate', 'anyone', authenticateById),
];
