/** A person's client in front of a Jellyfin server, as far as tests of passwords need one. */
export interface JellyfinCaller {
  /** Status of a sign-in, with the token when it succeeded. */
  signIn(name: string, password: string, device?: string): Promise<{ status: number; token: string }>;
  /** Any call with a token; the answer's JSON, if it is some. */
  call(
    method: string,
    path: string,
    token: string,
    body?: unknown,
  ): Promise<{ status: number; json: unknown }>;
}

async function readBody(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Makes one. */
export function createJellyfinCaller(url: string): JellyfinCaller {
  async function send(method: string, path: string, authorization: string, body?: unknown) {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { authorization, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, json: await readBody(response) };
  }
  return {
    async signIn(name, password, device = 'tv') {
      const identity = `MediaBrowser Client="Test", Device="Test", DeviceId="${device}", Version="1.0"`;
      const answer = await send('POST', '/Users/AuthenticateByName', identity, {
        Username: name,
        Pw: password,
      });
      const { AccessToken = '' } = (answer.json ?? {}) as { AccessToken?: string };
      return { status: answer.status, token: AccessToken };
    },
    call: (method, path, token, body) =>
      send(
        method,
        path,
        `MediaBrowser Client="Test", Device="Test", DeviceId="tv", Version="1.0", Token="${token}"`,
        body,
      ),
  };
}
