import { randomBytes, randomInt } from 'node:crypto';
import { type Answer, errorText, json, Refusal } from './answers.ts';
import { readBody } from './bodies.ts';
import { dateText } from './dotnet-text.ts';
import { openSession } from './login.ts';
import { idOf } from './passwords.ts';
import { type Call, type Route, route } from './routes.ts';
import type { QuickConnectRequest, World } from './world.ts';

const LIFETIME_MS = 10 * 60_000;

function assertEnabled(world: World): void {
  if (!world.settings.quickConnect) throw new Refusal(json('Quick connect is disabled', 401));
}

function alive(world: World): QuickConnectRequest[] {
  return world.quickConnect.filter((request) => Date.now() - request.added.getTime() < LIFETIME_MS);
}

function shown(request: QuickConnectRequest): Answer {
  return json({
    Authenticated: request.userId !== undefined,
    Secret: request.secret,
    Code: request.code,
    DeviceId: request.info.deviceId,
    DeviceName: request.info.device,
    AppName: request.info.client,
    AppVersion: request.info.version,
    DateAdded: dateText(request.added),
  });
}

function initiate({ world, caller }: Call): Answer {
  assertEnabled(world);
  const { client, device, deviceId, version } = caller.info;
  if (!client || !device || !deviceId || !version) throw new Refusal(errorText(400));
  const request: QuickConnectRequest = {
    secret: randomBytes(32).toString('hex').toUpperCase(),
    code: String(randomInt(0, 1_000_000)).padStart(6, '0'),
    info: { client, device, deviceId, version },
    added: new Date(),
  };
  world.quickConnect.push(request);
  return shown(request);
}

function connect({ world, request }: Call): Answer {
  assertEnabled(world);
  const secret = request.query.get('secret');
  const found = alive(world).find((candidate) => candidate.secret === secret);
  return found ? shown(found) : json('Unknown secret', 404);
}

async function authorize(call: Call): Promise<Answer> {
  const { world, request, caller } = call;
  assertEnabled(world);
  const given = request.query.get('userid');
  const own = caller.kind === 'user' ? caller.user.id : undefined;
  const id = given === undefined ? own : idOf(given);
  if (id === undefined) throw new Refusal(errorText(400));
  const found = alive(world).find((candidate) => candidate.code === request.query.get('code'));
  if (!found) throw new Refusal(errorText(404));
  const user = world.users.find(id);
  if (found.userId !== undefined || !user) throw new Refusal(errorText(500));
  found.userId = id;
  // The token is made now, and every exchange of the secret gets this same answer.
  found.answer = await openSession(world, user, found.info, undefined);
  found.added = new Date();
  return json(true);
}

/** Answers with the same token for ten minutes, also when it has been revoked meanwhile. */
function exchange({ world, request }: Call): Answer {
  const body = readBody(request, {
    parameter: 'request',
    model: 'Jellyfin.Api.Models.UserDtos.QuickConnectDto',
  });
  const found = alive(world).find((candidate) => candidate.secret === body.text('Secret'));
  return found?.answer ?? errorText(404);
}

/** Quick Connect: 10.8 starts it by GET, 12.0 by POST only. Source: QuickConnectController. */
export function quickConnectRoutes(minor: number): Route[] {
  return [
    route('GET', '/QuickConnect/Enabled', 'anyone', ({ world }) => json(world.settings.quickConnect)),
    ...(minor <= 11 ? [route('GET', '/QuickConnect/Initiate', 'anyone', initiate)] : []),
    ...(minor >= 9 ? [route('POST', '/QuickConnect/Initiate', 'anyone', initiate)] : []),
    route('GET', '/QuickConnect/Connect', 'anyone', connect),
    route('POST', '/QuickConnect/Authorize', 'signed-in', authorize),
    route('POST', '/Users/AuthenticateWithQuickConnect', 'anyone', exchange),
  ];
}
