import { randomBytes } from 'node:crypto';
import { type Answer, empty, errorText, json, problem, Refusal } from './answers.ts';
import { idOf, mayChange } from './passwords.ts';
import { type Call, type Route, route } from './routes.ts';
import type { UserRow } from './users.ts';

const NOT_ALLOWED = 'User is not allowed to update the image.';
const BASE64 = /^(?:[a-z0-9+/]{4})*(?:[a-z0-9+/]{2}==|[a-z0-9+/]{3}=)?$/i;

/** Who is named in the path, in the query, or calls. */
function askedFor({ params, request, caller }: Call): string {
  const named = params.get('userId') ?? request.query.get('userid');
  return named === undefined && caller.kind === 'user' ? caller.user.id : idOf(named ?? '');
}

/** 10.8 looks first at what the caller may, later versions whether there is such a user. */
function userToChange(call: Call): UserRow {
  const { world, caller } = call;
  const id = askedFor(call);
  const user = world.users.find(id);
  if (user === undefined && world.traits.minor >= 9) throw new Refusal(problem(404));
  if (!mayChange(world, caller, id)) throw new Refusal(json(NOT_ALLOWED, 403));
  if (user === undefined) throw new Refusal(errorText(500));
  return user;
}

async function post(call: Call): Promise<Answer> {
  const { world, request } = call;
  const { id } = userToChange(call);
  const type = (request.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (world.traits.minor >= 9 && !/^image\/\w/.test(type)) return json('Incorrect ContentType.', 400);
  const base64 = request.body.toString('latin1').trim();
  if (request.tooLarge || !BASE64.test(base64)) throw new Refusal(errorText(500));
  await world.users.change(id, (row) => {
    row.picture = { type, base64, tag: randomBytes(16).toString('hex') };
  });
  return empty(204);
}

async function remove(call: Call): Promise<Answer> {
  const { id } = userToChange(call);
  await call.world.users.change(id, (row) => {
    row.picture = null;
  });
  return empty(204);
}

function read(call: Call): Answer {
  const picture = call.world.users.find(askedFor(call))?.picture;
  if (!picture) return problem(404);
  const body = Buffer.from(picture.base64, 'base64');
  return { status: 200, body, contentType: picture.type, sized: true, compressible: 'never' };
}

/** Pictures of users, as far as the version has the ways there. Source: ImageController, 10.8.13 to 12.0; nothing of it is recorded. */
export function userImageRoutes(minor: number): Route[] {
  const paths = ['/Users/{userId}/Images/{imageType}', ...(minor >= 9 ? ['/UserImage'] : [])];
  return paths.flatMap((path) => [
    route('POST', path, 'signed-in', post),
    route('DELETE', path, 'signed-in', remove),
    route('GET', path, 'anyone', read),
  ]);
}
