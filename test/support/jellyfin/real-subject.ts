import { randomBytes } from 'node:crypto';
import { administratorToken, type Subject, type SubjectUser } from './subject.ts';

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
