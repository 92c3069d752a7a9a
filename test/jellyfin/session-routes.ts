import { type Answer, empty, json, problem } from './answers.ts';
import { dateText } from './dotnet-text.ts';
import { type Call, type Route, route } from './routes.ts';
import { logSessionActivity } from './session-activity.ts';
import { noCapabilities, sessionInfo } from './sessions.ts';

function listSessions({ world, caller, request }: Call): Answer {
  const device = request.query.get('deviceid');
  const own = caller.kind === 'user' && caller.user.policy['EnableRemoteControlOfOtherUsers'] !== true;
  const sessions = world.sessions
    .all()
    .filter((session) => device === undefined || session.deviceId === device)
    .filter((session) => !own || (caller.kind === 'user' && session.userId === caller.user.id));
  return json(sessions.map((session) => sessionInfo(world.traits, world.serverId, session)));
}

function logout({ world, caller }: Call): Answer {
  // An API key answers 204 as well, and lives on.
  if (caller.kind === 'user') world.tokens.revoke(caller.token);
  return empty(204);
}

/** A call of a player or client: it may write the row that was read with its token. */
async function sessionCall({ world, caller, request }: Call): Promise<Answer> {
  if (caller.kind === 'user') {
    await logSessionActivity(world, caller.user, caller.info, request.address);
  }
  return empty(204);
}

function listDevices({ world }: Call): Answer {
  const latest = new Map<string, ReturnType<typeof world.tokens.all>[number]>();
  for (const row of world.tokens.all()) latest.set(row.deviceId, row);
  const items = [...latest.values()].map((row) => ({
    Name: row.device,
    Id: row.deviceId,
    LastUserName: world.users.find(row.userId)?.name,
    AppName: row.client,
    AppVersion: row.version,
    LastUserId: row.userId,
    DateLastActivity: dateText(row.lastActivity),
    Capabilities: noCapabilities(world.traits),
  }));
  return json({ Items: items, TotalRecordCount: items.length, StartIndex: 0 });
}

function deleteDevice({ world, request }: Call): Answer {
  const id = request.query.get('id') ?? '';
  const rows = world.tokens.all().filter((row) => row.deviceId === id);
  if (rows.length === 0) return problem(world.traits.minor >= 12 ? 400 : 404);
  for (const row of rows) world.tokens.revoke(row.token);
  return empty(204);
}

const SESSION_CALLS = [
  '/Sessions/Capabilities',
  '/Sessions/Capabilities/Full',
  '/Sessions/Playing',
  '/Sessions/Playing/Progress',
  '/Sessions/Playing/Stopped',
];

/** Sessions and devices. Source: SessionController, PlaystateController, DevicesController. */
export const SESSION_ROUTES: readonly Route[] = [
  route('GET', '/Sessions', 'signed-in', listSessions),
  route('POST', '/Sessions/Logout', 'signed-in', logout),
  ...SESSION_CALLS.map((pattern) => route('POST', pattern, 'signed-in', sessionCall)),
  route('POST', '/Sessions/Playing/Ping', 'signed-in', () => empty(204)),
  route('GET', '/Devices', 'administrator', listDevices),
  route('DELETE', '/Devices', 'administrator', deleteDevice),
];
