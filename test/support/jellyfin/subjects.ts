import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { JELLYFIN_VERSIONS, type JellyfinVersion } from '../../jellyfin/fake-jellyfin.ts';
import { administratorToken, createFakeSubject, type Subject, type SubjectUser } from './subject.ts';

/** A kind of server the journeys run on. */
export interface SubjectKind {
  /** For the names of tests, e.g. `Jellyfin 10.11.11 with a built client`. */
  readonly title: string;
  open(): Promise<Subject>;
}

/**
 * The servers the journeys run on: the fake in all its versions; with `JELLYFIN_WEB_DIR`, the fake of that version with
 * the real client; with `JELLYFIN_URL`, `JELLYFIN_ADMIN` and `JELLYFIN_ADMIN_PASSWORD`, a real server.
 */
export function findSubjects(environment: NodeJS.ProcessEnv = process.env): SubjectKind[] {
  const url = environment['JELLYFIN_URL'];
  if (url !== undefined) {
    const admin = {
      name: environment['JELLYFIN_ADMIN'] ?? '',
      password: environment['JELLYFIN_ADMIN_PASSWORD'] ?? '',
    };
    return [{ title: 'a real Jellyfin', open: () => createRealSubject(url, admin) }];
  }
  const webFolder = environment['JELLYFIN_WEB_DIR'];
  if (webFolder === undefined) {
    return JELLYFIN_VERSIONS.map((version) => ({
      title: `Jellyfin ${version}`,
      open: () => createFakeSubject({ version }),
    }));
  }
  const version = versionOfClient(webFolder);
  return [
    {
      title: `Jellyfin ${version} with a built client`,
      open: () => createFakeSubject({ version, webFolder }),
    },
  ];
}

/** A built client says its version in its main file. */
function versionOfClient(folder: string): JellyfinVersion {
  const main = readFileSync(join(folder, 'main.jellyfin.bundle.js'), 'utf8');
  const version = JELLYFIN_VERSIONS.find((known) =>
    main.includes(known === '12.0' ? '"12.0.' : `"${known}"`),
  );
  if (version === undefined) throw new Error(`${folder} is not a client of ${JELLYFIN_VERSIONS.join(', ')}`);
  return version;
}

/**
 * Uses a real test server: makes two users and an API key, and removes them in the end.
 *
 * @throws {Error} when the administrator cannot sign in, or a call is refused.
 */
export async function createRealSubject(
  serverUrl: string,
  admin: { readonly name: string; readonly password: string },
): Promise<Subject> {
  const url = serverUrl.replace(/\/+$/, '');
  const token = await administratorToken(url, admin.name, admin.password);
  const mark = randomBytes(3).toString('hex');

  async function call(method: string, path: string, body?: unknown): Promise<Response> {
    const headers = {
      'Content-Type': 'application/json',
      Authorization: `MediaBrowser Client="Tests", Device="Tests", DeviceId="gatehouse-tests", Version="1.0.0", Token="${token}"`,
    };
    const answer = await fetch(url + path, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path} was answered ${answer.status}`);
    return answer;
  }

  const users: SubjectUser[] = [];
  for (const first of ['alice', 'bob']) {
    const [name, password] = [`${first}-${mark}`, `${first}-pw-1`];
    const made = (await (await call('POST', '/Users/New', { Name: name, Password: password })).json()) as {
      Id: string;
    };
    users.push({ id: made.Id, name, password });
  }
  const app = `gatehouse-tests-${mark}`;
  await call('POST', `/Auth/Keys?app=${app}`);
  const keys = (await (await call('GET', '/Auth/Keys')).json()) as {
    Items: { AppName: string; AccessToken: string }[];
  };
  const key = keys.Items.find((item) => item.AppName === app)?.AccessToken ?? '';
  const info = (await (await call('GET', '/System/Info/Public')).json()) as { Version: string };

  return {
    url,
    // 10.8 lets no API key set a password.
    apiKey: info.Version.startsWith('10.8.') ? token : key,
    users,
    async close() {
      for (const user of users) await call('DELETE', `/Users/${user.id}`);
      await call('DELETE', `/Auth/Keys/${key}`);
    },
  };
}
