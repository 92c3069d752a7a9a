import { type Answer, empty, errorText, json, problem, Refusal } from './answers.ts';
import { isAdministrator, isInNetwork } from './authorization.ts';
import { readBody } from './bodies.ts';
import { EMPTY_GUID } from './dotnet-text.ts';
import { idOf } from './passwords.ts';
import { type Call, type Route, route } from './routes.ts';
import { userDto } from './user-dto.ts';
import type { UserRow } from './users.ts';
import type { World } from './world.ts';

function shown(world: World, users: readonly UserRow[]): Answer {
  return json(users.map((user) => userDto(world.traits, world.serverId, user)));
}

function listUsers({ world, request }: Call): Answer {
  const hidden = request.query.get('ishidden');
  const disabled = request.query.get('isdisabled');
  const fits = (user: UserRow): boolean =>
    (hidden === undefined || user.policy['IsHidden'] === (hidden.toLowerCase() === 'true')) &&
    (disabled === undefined || user.policy['IsDisabled'] === (disabled.toLowerCase() === 'true'));
  return shown(world, world.users.all().filter(fits));
}

function publicUsers({ world, request }: Call): Answer {
  const all = world.users.all();
  if (!world.settings.wizardCompleted) return shown(world, all);
  const isLan = isInNetwork(world, request);
  const visible = (user: UserRow): boolean =>
    user.policy['IsHidden'] !== true &&
    user.policy['IsDisabled'] !== true &&
    (isLan || user.policy['EnableRemoteAccess'] === true);
  return shown(world, all.filter(visible));
}

function oneUser({ world, params }: Call): Answer {
  const id = idOf(params.get('userId') ?? '');
  if (id === EMPTY_GUID) throw new Refusal(errorText(400));
  const user = world.users.find(id);
  return user ? json(userDto(world.traits, world.serverId, user)) : json('User not found', 404);
}

function ownUser({ world, caller }: Call): Answer {
  if (caller.kind !== 'user') return world.traits.minor === 8 ? errorText(400) : problem(400);
  return json(userDto(world.traits, world.serverId, caller.user));
}

function isValidName(world: World, name: string): boolean {
  const { minor } = world.traits;
  if (minor <= 10) return /^[\p{L}\p{N}\p{M}\p{Pc} \-'._@]+$/u.test(name);
  if (minor >= 12 && (name === '.' || name === '..')) return false;
  return /^(?!\s)[\p{L}\p{N}\p{M}\p{Pc} \-'._@+]+(?<!\s)$/u.test(name);
}

function newUser({ world, request }: Call): Answer {
  const body = readBody(request, {
    parameter: 'request',
    model: 'Jellyfin.Api.Models.UserDtos.CreateUserByName',
    required: world.traits.minor >= 9 ? ['Name'] : [],
    filled: ['Name'],
  });
  const name = body.text('Name') ?? '';
  if (!isValidName(world, name) || world.users.byName(name)) throw new Refusal(errorText(400));
  const password = body.text('Password') || null;
  const user = world.users.add({ name, password });
  world.activity.add({ name: `User ${name} has been created`, type: 'UserCreated', userId: user.id });
  if (password !== null) {
    world.activity.add({
      name: `Password has been changed for user ${name}`,
      type: 'UserPasswordChanged',
      userId: user.id,
    });
  }
  // 10.11 answers with the object from before the password was set.
  return json(
    userDto(
      world.traits,
      world.serverId,
      world.traits.minor === 11 ? { ...user, password: null } : { ...user },
    ),
  );
}

function deleteUser({ world, params }: Call): Answer {
  const id = idOf(params.get('userId') ?? '');
  const user = world.users.find(id);
  if (!user) {
    if (world.traits.minor === 8) throw new Refusal(errorText(500));
    return problem(404);
  }
  // The tokens go first, so they are gone even when the deletion is refused.
  world.tokens.revokeUser(id);
  const all = world.users.all();
  if (all.length === 1) throw new Refusal(errorText(500));
  const administrators = all.filter((other) => other.policy['IsAdministrator'] === true);
  if (user.policy['IsAdministrator'] === true && administrators.length === 1)
    throw new Refusal(errorText(400));
  world.users.remove(id);
  world.activity.add({ name: `User ${user.name} has been deleted`, type: 'UserDeleted' });
  return empty(204);
}

async function rename(call: Call, id: string): Promise<Answer> {
  const { world, request, caller } = call;
  const body = readBody(request, { parameter: 'updateUser', model: 'MediaBrowser.Model.Dto.UserDto' });
  const isSelf = caller.kind === 'user' && caller.user.id === id;
  if (!isSelf && !isAdministrator(caller)) return json('User update not allowed.', 403);
  const name = body.text('Name') ?? '';
  if (!world.users.find(id)) return problem(404);
  const other = world.users.byName(name);
  if (!isValidName(world, name) || (other && other.id !== id)) throw new Refusal(errorText(400));
  await world.users.change(id, (row) => {
    row.name = name;
    const configuration = body.raw('Configuration');
    if (configuration && typeof configuration === 'object') Object.assign(row.configuration, configuration);
  });
  return empty(204);
}

function renameByQuery(call: Call): Promise<Answer> {
  const given = call.request.query.get('userid');
  const own = call.caller.kind === 'user' ? call.caller.user.id : EMPTY_GUID;
  return rename(call, given === undefined ? own : idOf(given));
}

/** Listing, reading, making, renaming and deleting users. Source: UserController. */
export const USER_ROUTES: readonly Route[] = [
  route('GET', '/Users', 'signed-in', listUsers),
  route('POST', '/Users', 'signed-in', renameByQuery),
  route('GET', '/Users/Public', 'anyone', publicUsers),
  route('GET', '/Users/Me', 'signed-in', ownUser),
  route('POST', '/Users/New', 'administrator', newUser),
  route('GET', '/Users/{userId}', 'signed-in', oneUser),
  route('POST', '/Users/{userId}', 'signed-in', (call) =>
    rename(call, idOf(call.params.get('userId') ?? '')),
  ),
  route('DELETE', '/Users/{userId}', 'administrator', deleteUser),
];
