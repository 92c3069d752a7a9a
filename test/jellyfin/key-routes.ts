import { type Answer, empty, invalid, json } from './answers.ts';
import { dateText, EMPTY_GUID, NO_DATE, newId } from './dotnet-text.ts';
import { DEFAULT_AUTHENTICATION, DEFAULT_RESET } from './policy.ts';
import { type Call, type Route, route } from './routes.ts';

function listKeys({ world }: Call): Answer {
  const items = world.keys.all().map((key) => ({
    Id: 0,
    AccessToken: key.token,
    DeviceId: '',
    AppName: key.app,
    AppVersion: '',
    DeviceName: '',
    UserId: EMPTY_GUID,
    IsActive: false,
    DateCreated: dateText(key.created),
    DateLastActivity: NO_DATE,
  }));
  return json({ Items: items, TotalRecordCount: items.length, StartIndex: 0 });
}

/** The new key is not in the answer: whoever made it must list the keys and pick it by name. */
function createKey({ world, request }: Call): Answer {
  const app = request.query.get('app');
  if (!app) return invalid({ app: 'The app field is required.' });
  world.keys.add({ token: newId(), app, created: new Date() });
  return empty(204);
}

function deleteKey({ world, params }: Call): Answer {
  world.keys.remove(params.get('key') ?? '');
  return empty(204);
}

/** API keys and the names of the providers. Source: ApiKeyController, SessionController. */
export const KEY_ROUTES: readonly Route[] = [
  route('GET', '/Auth/Keys', 'administrator', listKeys),
  route('POST', '/Auth/Keys', 'administrator', createKey),
  route('DELETE', '/Auth/Keys/{key}', 'administrator', deleteKey),
  route('GET', '/Auth/Providers', 'administrator', () =>
    json([{ Name: 'Default', Id: DEFAULT_AUTHENTICATION }]),
  ),
  route('GET', '/Auth/PasswordResetProviders', 'administrator', () =>
    json([{ Name: 'Default Password Reset Provider', Id: DEFAULT_RESET }]),
  ),
];
