import { randomBytes } from 'node:crypto';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { type Answer, errorText, json, Refusal } from './answers.ts';
import { isInNetwork } from './authorization.ts';
import { readBody } from './bodies.ts';
import { dashedGuid, dateText, dotnetJson, md5Guid, upperInvariant } from './dotnet-text.ts';
import { type Call, type Route, route } from './routes.ts';
import type { UserRow } from './users.ts';
import type { World } from './world.ts';

const LIFETIME_MS = 30 * 60_000;

/** Where the PIN file of a user is written, or would be. Up to 10.10 after his id, later after the typed name. */
function pinFile(world: World, typed: string, user: UserRow | undefined): string {
  const { uniformForgotPassword } = world.traits;
  const name = uniformForgotPassword ? md5Guid(upperInvariant(typed)) : dashedGuid(user?.id ?? '');
  return join(world.dataFolder, `passwordreset${name}.json`);
}

/** Files being written: who finds one of them open fails, as with FileShare.None. */
const openFiles = new Set<string>();

async function writeExclusively(path: string, text: string, truncates: boolean): Promise<void> {
  if (openFiles.has(path)) throw new Refusal(errorText(500));
  openFiles.add(path);
  try {
    // Without truncation a shorter text leaves the end of the longer one: the file no longer parses.
    await (await open(path, truncates ? 'w' : 'a', 0o644)).close();
    const file = await open(path, 'r+');
    await file.write(text, 0);
    await file.close();
  } finally {
    openFiles.delete(path);
  }
}

async function writePin(world: World, path: string, user: UserRow, expiration: string): Promise<string> {
  const pin = [...randomBytes(4)].map((byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join('-');
  const text = dotnetJson({ Pin: pin, UserName: user.name, PinFile: path, ExpirationDate: expiration });
  await writeExclusively(path, text, world.traits.truncatesPinFile);
  return pin;
}

async function forgotPassword(call: Call): Promise<Answer> {
  const { world, request } = call;
  const body = readBody(request, {
    parameter: 'forgotPasswordRequest',
    model: 'Jellyfin.Api.Models.UserDtos.ForgotPasswordDto',
    required: world.traits.minor >= 9 ? ['EnteredUsername'] : [],
    filled: ['EnteredUsername'],
  });
  const typed = body.text('EnteredUsername') ?? '';
  const user = world.users.byName(typed);
  const isLan = isInNetwork(world, request);
  if (!world.traits.uniformForgotPassword && !(user && isLan)) {
    return json({ Action: 'InNetworkRequired', PinFile: '' });
  }
  const path = pinFile(world, typed, user);
  const expiration = dateText(new Date(Date.now() + LIFETIME_MS));
  if (user && isLan) {
    const pin = await writePin(world, path, user, expiration);
    // The row read at the beginning is written back as a whole, after waiting for the user's lock.
    await world.users.save(user, world.traits.minor === 8 ? { easyPin: pin } : {});
  }
  return json({ Action: 'PinCode', PinFile: path, PinExpirationDate: expiration });
}

/** The route behind "Forgot Password". Source: UserController.ForgotPassword, DefaultPasswordResetProvider. */
export const FORGOT_PASSWORD_ROUTES: readonly Route[] = [
  route('POST', '/Users/ForgotPassword', 'anyone', forgotPassword),
];
