import { type Answer, empty, errorText, invalid, json, problem, Refusal } from './answers.ts';
import { type Caller, isAdministrator } from './authorization.ts';
import { type Body, readBody } from './bodies.ts';
import { EMPTY_GUID, readGuid } from './dotnet-text.ts';
import { DEFAULT_AUTHENTICATION } from './policy.ts';
import { type Call, type Route, route } from './routes.ts';
import { checkPassword } from './sign-in.ts';
import type { UserRow } from './users.ts';
import type { World } from './world.ts';

/**
 * Sets a password, or none for an empty text: the lock is held while it is hashed. A user with an authentication
 * provider that is not installed keeps the old one, without an error. Source: UserManager.ChangePassword.
 */
export async function changePassword(world: World, userId: string, password: string): Promise<void> {
  await world.users.change(userId, async (row) => {
    const isEmptyAdmin = !password && row.policy['IsAdministrator'] === true;
    if (isEmptyAdmin && world.traits.minor >= 9) throw new Refusal(errorText(400));
    if (row.policy['AuthenticationProviderId'] !== DEFAULT_AUTHENTICATION) return;
    if (password) await world.hashing.hash('set');
    row.password = password || null;
  });
  const name = world.users.find(userId)?.name ?? '';
  world.activity.add({
    name: `Password has been changed for user ${name}`,
    type: 'UserPasswordChanged',
    userId,
  });
}

/** The id in a route or query, or 400 with the text of the model binder. */
export function idOf(text: string, parameter = 'userId'): string {
  const id = readGuid(text);
  if (id === undefined) throw new Refusal(invalid({ [parameter]: `The value '${text}' is not valid.` }));
  return id;
}

const NOT_ALLOWED = 'User is not allowed to update the password.';
const WRONG = 'Invalid user or password entered.';

/** Whether the caller may change the password or the picture of a user. Source: RequestHelpers.AssertCanUpdateUser. */
export function mayChange(world: World, caller: Caller, userId: string): boolean {
  if (caller.kind === 'key') {
    // 10.8 looks at the key's user, and there is none.
    if (!world.traits.apiKeyMayChangePasswords) throw new Refusal(errorText(500));
    return true;
  }
  if (caller.kind !== 'user') return false;
  const admin = isAdministrator(caller);
  if (caller.user.id !== userId && !admin) return false;
  const restricted = caller.user.policy['EnableUserPreferenceAccess'] !== true;
  return !restricted || (admin && world.traits.minor >= 9);
}

function notFound(world: World): Answer {
  return world.traits.minor <= 9 ? json('User not found', 404) : problem(404);
}

async function needsCurrent(
  call: Call,
  user: UserRow,
  body: Body,
  named: boolean,
): Promise<Answer | undefined> {
  const { caller, world, request } = call;
  const admin = isAdministrator(caller);
  const self = caller.kind === 'user' && caller.user.id === user.id;
  const asked = !admin || (named && self && world.traits.minor >= 9);
  if (!asked) return undefined;
  const right = await checkPassword(world, request, user.name, body.text('CurrentPw') ?? '', false);
  return right ? undefined : json(WRONG, 403);
}

async function update(call: Call, given: string | undefined): Promise<Answer> {
  const { world, caller, request } = call;
  const body = readBody(request, {
    parameter: 'request',
    model: 'Jellyfin.Api.Models.UserDtos.UpdateUserPassword',
  });
  const id = given ?? (caller.kind === 'user' ? caller.user.id : EMPTY_GUID);
  if (id === EMPTY_GUID) throw new Refusal(errorText(400));
  if (world.traits.minor === 8 && !mayChange(world, caller, id)) return json(NOT_ALLOWED, 403);
  const user = world.users.find(id);
  if (!user) return notFound(world);
  if (!mayChange(world, caller, id)) return json(NOT_ALLOWED, 403);
  if (body.flag('ResetPassword')) {
    await changePassword(world, id, '');
    return empty(204);
  }
  const refused = await needsCurrent(call, user, body, given !== undefined);
  if (refused) return refused;
  await changePassword(world, id, body.text('NewPw') ?? '');
  world.tokens.revokeUser(id, caller.kind === 'user' ? caller.token : undefined);
  return empty(204);
}

function byRoute(call: Call): Promise<Answer> {
  return update(call, idOf(call.params.get('userId') ?? ''));
}

function byQuery(call: Call): Promise<Answer> {
  const given = call.request.query.get('userid');
  return update(call, given === undefined ? undefined : idOf(given));
}

async function easyPassword(call: Call): Promise<Answer> {
  const { world, caller, request, params } = call;
  if (world.traits.minor >= 9) throw new Refusal(empty(403));
  const body = readBody(request, {
    parameter: 'request',
    model: 'Jellyfin.Api.Models.UserDtos.UpdateUserEasyPassword',
  });
  const id = idOf(params.get('userId') ?? '');
  if (!mayChange(world, caller, id)) return json(NOT_ALLOWED, 403);
  if (!world.users.find(id)) return notFound(world);
  await world.users.change(id, (row) => {
    row.easyPin = body.text('NewPw') || null;
  });
  return empty(204);
}

/** The routes that set a password, as far as the version has them. Source: UserController, table 2.1 of the notes. */
export function passwordRoutes(minor: number): Route[] {
  return [
    route('POST', '/Users/{userId}/Password', 'signed-in', byRoute),
    ...(minor >= 9 ? [route('POST', '/Users/Password', 'signed-in', byQuery)] : []),
    ...(minor <= 11 ? [route('POST', '/Users/{userId}/EasyPassword', 'signed-in', easyPassword)] : []),
  ];
}
