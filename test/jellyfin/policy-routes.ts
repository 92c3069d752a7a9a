import { type Answer, empty, errorText, json, problem, Refusal } from './answers.ts';
import { readBody } from './bodies.ts';
import { idOf } from './passwords.ts';
import { hasNullArray, replacedPolicy } from './policy.ts';
import { type Call, type Route, route } from './routes.ts';
import type { UserRow } from './users.ts';

const NO_ADMIN = 'There must be at least one user in the system with administrative access.';
const NO_DISABLED_ADMIN = 'Administrators cannot be disabled.';
const NO_ENABLED = 'There must be at least one enabled user in the system.';

function objection(
  all: readonly UserRow[],
  user: UserRow,
  next: Readonly<Record<string, unknown>>,
): string | undefined {
  const wasAdmin = user.policy['IsAdministrator'] === true;
  const admins = all.filter((other) => other.policy['IsAdministrator'] === true);
  if (wasAdmin && next['IsAdministrator'] !== true && admins.length === 1) return NO_ADMIN;
  if (next['IsDisabled'] !== true) return undefined;
  if (wasAdmin) return NO_DISABLED_ADMIN;
  return all.filter((other) => other.policy['IsDisabled'] !== true).length === 1 ? NO_ENABLED : undefined;
}

async function updatePolicy(call: Call): Promise<Answer> {
  const { world, request, caller, params } = call;
  const ids = ['PasswordResetProviderId', 'AuthenticationProviderId'];
  const body = readBody(request, {
    parameter: 'newPolicy',
    model: 'MediaBrowser.Model.Users.UserPolicy',
    filled: world.traits.minor >= 9 ? ids : [],
  });
  const id = idOf(params.get('userId') ?? '');
  const user = world.users.find(id);
  if (!user) {
    if (world.traits.minor === 8) throw new Refusal(errorText(500));
    return problem(404);
  }
  const given = new Map(
    Object.keys(user.policy).flatMap((key) =>
      body.has(key) ? [[key.toLowerCase(), body.raw(key)] as const] : [],
    ),
  );
  const next = replacedPolicy(given);
  const refused = objection(world.users.all(), user, next);
  if (refused !== undefined) return json(refused, 403);
  if (user.policy['IsDisabled'] !== true && next['IsDisabled'] === true) {
    world.tokens.revokeUser(id, caller.kind === 'user' ? caller.token : undefined);
  }
  // 10.8 has no check of its own: the database refuses a policy without the ids of its providers.
  if (!ids.every((key) => body.text(key))) throw new Refusal(errorText(500));
  if (hasNullArray(given)) throw new Refusal(errorText(400));
  await world.users.change(id, (row) => {
    row.policy = next;
  });
  return empty(204);
}

async function updateConfiguration(call: Call): Promise<Answer> {
  const given = call.params.get('userId') ?? call.request.query.get('userid');
  const own = call.caller.kind === 'user' ? call.caller.user.id : '';
  const id = given === undefined ? own : idOf(given);
  if (!call.world.users.find(id)) return problem(404);
  const text: unknown = JSON.parse(call.request.body.toString('utf8'));
  await call.world.users.change(id, (row) => void Object.assign(row.configuration, text));
  return empty(204);
}

/** The routes that write a user's policy and configuration. Source: UserController.UpdateUserPolicy. */
export const POLICY_ROUTES: readonly Route[] = [
  route('POST', '/Users/{userId}/Policy', 'administrator', updatePolicy),
  route('POST', '/Users/{userId}/Configuration', 'signed-in', updateConfiguration),
  route('POST', '/Users/Configuration', 'signed-in', updateConfiguration),
];
