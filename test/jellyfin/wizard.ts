import { type Answer, empty, json } from './answers.ts';
import { readBody } from './bodies.ts';
import { type Call, type Route, route } from './routes.ts';
import type { UserRow } from './users.ts';
import type { World } from './world.ts';

/** The first user; before the wizard is done asking for him makes him, under the name the server runs as. */
function firstUser(world: World): UserRow {
  const all = world.users.all();
  // Once there are several, it is whoever stands first in a dictionary without order: hardly the administrator.
  return all.at(-1) ?? world.users.add({ name: 'root', password: null, isAdministrator: true });
}

function configuration({ world }: Call): Answer {
  const name = world.traits.minor >= 11 ? { ServerName: world.settings.serverName } : {};
  return json({ ...name, UICulture: 'en-US', MetadataCountryCode: 'US', PreferredMetadataLanguage: 'en' });
}

function setConfiguration({ world, request }: Call): Answer {
  const body = readBody(request, {
    parameter: 'startupConfiguration',
    model: 'Jellyfin.Api.Models.StartupDtos.StartupConfigurationDto',
  });
  const name = body.text('ServerName');
  if (name && world.traits.minor >= 11) world.settings.serverName = name;
  return empty(204);
}

/** Up to 10.10 it shows the hash of the password too, also to administrators after the wizard. */
function user({ world }: Call): Answer {
  const first = firstUser(world);
  const hash = `$PBKDF2-SHA512$iterations=${world.traits.hashIterations}$${'0'.repeat(32)}$${'0'.repeat(128)}`;
  const password = world.traits.minor <= 10 && first.password !== null ? { Password: hash } : {};
  return json({ Name: first.name, ...password });
}

async function setUser({ world, request }: Call): Promise<Answer> {
  const body = readBody(request, {
    parameter: 'startupUserDto',
    model: 'Jellyfin.Api.Models.StartupDtos.StartupUserDto',
  });
  await world.users.change(firstUser(world).id, (row) => {
    row.name = body.text('Name') ?? row.name;
    row.password = body.text('Password') || row.password;
  });
  return empty(204);
}

function complete({ world }: Call): Answer {
  world.settings.wizardCompleted = true;
  return empty(204);
}

/** The start-up wizard: for anybody until it is done, for administrators ever after. Source: StartupController. */
export const WIZARD_ROUTES: readonly Route[] = [
  route('GET', '/Startup/Configuration', 'setup', configuration),
  route('POST', '/Startup/Configuration', 'setup', setConfiguration),
  route('GET', '/Startup/User', 'setup', user),
  route('GET', '/Startup/FirstUser', 'setup', user),
  route('POST', '/Startup/User', 'setup', setUser),
  route('POST', '/Startup/RemoteAccess', 'setup', () => empty(204)),
  route('POST', '/Startup/Complete', 'setup', complete),
];
