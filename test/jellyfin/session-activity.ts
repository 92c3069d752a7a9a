import type { Session } from './sessions.ts';
import type { ClientInfo } from './tokens.ts';
import type { UserRow } from './users.ts';
import type { World } from './world.ts';

const ONE_MINUTE_MS = 60_000;

/** Whether a session call writes the user's row: his last activity is unknown or over a minute old. */
function isStale(user: UserRow): boolean {
  return !user.lastActivity || Date.now() - user.lastActivity.getTime() > ONE_MINUTE_MS;
}

/**
 * Notes that a user's client was seen. If his last activity is over 60 s old the row is written back as the caller
 * had read it, which on 10.11.11 and 12.0 undoes a change made meanwhile. Source: SessionManager.LogSessionActivity.
 */
export async function logSessionActivity(
  world: World,
  user: UserRow,
  info: ClientInfo,
  address: string | undefined,
): Promise<Session> {
  const [session, isNew] = world.sessions.note(info, user, address);
  if (isNew) {
    world.activity.add({
      name: `${user.name} is online from ${info.device}`,
      type: 'SessionStarted',
      userId: user.id,
      shortOverview: `IP address: ${address ?? ''}`,
    });
  }
  if (isStale(user)) {
    user.lastActivity = new Date();
    await world.users.save(user, { lastActivity: user.lastActivity });
  }
  return session;
}

/** Ends the session of a revoked token, with its line in the activity log. */
export function endSession(world: World, info: Pick<ClientInfo, 'client' | 'deviceId'>): void {
  const session = world.sessions.end(info);
  if (!session?.userName) return;
  world.activity.add({
    name: `${session.userName} has disconnected from ${session.device}`,
    type: 'SessionEnded',
    userId: session.userId,
    shortOverview: `IP address: ${session.address ?? ''}`,
  });
}
