import type { FakeJellyfin } from './fake-jellyfin.ts';

/** A client that asks a fake Jellyfin for what the tests here need. */
export interface TestClient {
  /** Any call; `token` goes into the Authorization header. */
  ask(method: string, path: string, body?: unknown, token?: string): Promise<Response>;
  /** Signs in on a device of his own unless one is given. */
  login(user: string, password: string, device?: string): Promise<{ status: number; token: string }>;
  changePassword(user: string, password: string, token: string, current?: string): Promise<number>;
  forgot(user: string, from?: string): Promise<Response>;
  /** Whether a token still opens anything. */
  isAlive(token: string): Promise<boolean>;
}

/** The header every call has, with or without a token. */
export function authorization(device: string, token?: string): string {
  const own = `MediaBrowser Client="Test", Device="${device}", DeviceId="${device}-id", Version="1.0"`;
  return token === undefined ? own : `${own}, Token="${token}"`;
}

/** Makes a client of a fake server. */
export function createTestClient(fake: FakeJellyfin): TestClient {
  const send = (
    method: string,
    path: string,
    body: unknown,
    headers: Record<string, string>,
  ): Promise<Response> =>
    fetch(fake.url + path, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const ask: TestClient['ask'] = (method, path, body, token) =>
    send(method, path, body, { authorization: authorization('test', token) });
  return {
    ask,
    login: async (user, password, device = user) => {
      const body = { Username: user, Pw: password };
      const headers = { authorization: authorization(device) };
      const answer = await send('POST', '/Users/AuthenticateByName', body, headers);
      if (!answer.ok) return { status: answer.status, token: '' };
      const { AccessToken } = (await answer.json()) as { AccessToken: string };
      return { status: answer.status, token: AccessToken };
    },
    changePassword: async (user, password, token, current) => {
      const body = { NewPw: password, ...(current === undefined ? {} : { CurrentPw: current }) };
      return (await ask('POST', `/Users/${fake.user(user).id}/Password`, body, token)).status;
    },
    forgot: (user, from) =>
      send(
        'POST',
        '/Users/ForgotPassword',
        { EnteredUsername: user },
        from ? { 'x-forwarded-for': from } : {},
      ),
    isAlive: async (token) => (await ask('GET', '/Users/Me', undefined, token)).ok,
  };
}
