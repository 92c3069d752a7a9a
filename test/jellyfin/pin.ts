import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Answer, errorText, json, Refusal } from './answers.ts';
import { readBody } from './bodies.ts';
import { changePassword } from './passwords.ts';
import { type Call, type Route, route } from './routes.ts';
import type { World } from './world.ts';

function sameText(world: World, a: string, b: string): boolean {
  const bare = (text: string): string => {
    const dashless = text.replaceAll('-', '');
    return world.traits.pinIgnoresCase ? dashless.toUpperCase() : dashless;
  };
  return bare(a) === bare(b);
}

function parse(text: string): Record<string, unknown> | null {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    // One bad file ends the whole call, so nobody whose file is read later can redeem.
    throw new Refusal(errorText(500));
  }
}

/** Redeems a PIN in one file; the name of the user whose password it became, if it fits. */
async function redeemFile(world: World, path: string, typed: string): Promise<string | undefined> {
  const file = parse(await readFile(path, 'utf8'));
  if (file === null) throw new Refusal(errorText(404));
  const expires = Date.parse(String(file['ExpirationDate'] ?? ''));
  if (!(expires >= Date.now())) {
    await rm(path);
    return undefined;
  }
  const pin = file['Pin'];
  if (typeof pin !== 'string') throw new Refusal(errorText(500));
  if (!sameText(world, pin, typed)) return undefined;
  const user = world.users.byName(String(file['UserName'] ?? ''));
  if (!user) throw new Refusal(errorText(404));
  await changePassword(world, user.id, typed);
  await rm(path, { force: true });
  return user.name;
}

async function redeemPin(call: Call): Promise<Answer> {
  const { world, request } = call;
  const body = readBody(request, {
    parameter: 'forgotPasswordPinRequest',
    model: 'Jellyfin.Api.Models.UserDtos.ForgotPasswordPinDto',
    required: world.traits.minor >= 9 ? ['Pin'] : [],
    filled: ['Pin'],
  });
  const typed = body.text('Pin') ?? '';
  const names = (await readdir(world.dataFolder)).filter((name) => name.startsWith('passwordreset'));
  const reset: string[] = [];
  for (const name of names) {
    const user = await redeemFile(world, join(world.dataFolder, name), typed);
    if (user !== undefined) reset.push(user);
  }
  if (reset.length === 0) throw new Refusal(errorText(404));
  return json({ Success: true, UsersReset: reset });
}

/** Redeeming a PIN: the password becomes the text as typed. Source: DefaultPasswordResetProvider. */
export const PIN_ROUTES: readonly Route[] = [route('POST', '/Users/ForgotPassword/Pin', 'anyone', redeemPin)];
