import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FakeJellyfin, FakeJellyfinOptions } from '../jellyfin/fake-jellyfin.ts';
import type { Exchange, RecordedServer } from './recorded.ts';

/** The API key every fake of the replay knows; recordings have `{apiKey}` in its place. */
export const KEY = 'a1b2c3d4e5f60718293a4b5c6d7e8f90';

/** What a scene can do with a fake before the recorded request is sent. */
export interface Stage {
  fake: FakeJellyfin;
  exchange: Exchange;
  server: RecordedServer;
  /** Texts in the recorded request and what stands for them now. */
  bind: Map<string, string>;
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>;
  /** Signs in and gives the token; undefined if refused. */
  login(user: string, password: string, device: string, client?: string): Promise<string | undefined>;
  /** Changes some keys of a user's policy. */
  policy(user: string, patch: Record<string, unknown>): Promise<void>;
  /** Puts a file beside the PIN files. */
  plant(name: string, content: unknown): Promise<void>;
}

/** How the fake must be before a recorded request makes sense. */
export interface Scene {
  options?: Partial<FakeJellyfinOptions>;
  prepare?: (stage: Stage) => Promise<void>;
}

/** A MediaBrowser header of a device. */
export function deviceHeader(device: string, client: string): string {
  const deviceId = client === 'Test' ? device : `${device}-id`;
  const name = client === 'Test' ? 'Test' : device;
  return `MediaBrowser Client="${client}", Device="${name}", DeviceId="${deviceId}", Version="1.0"`;
}

/** Tools for scenes, around one fake. */
export function createStage(fake: FakeJellyfin, exchange: Exchange, server: RecordedServer): Stage {
  const call: Stage['call'] = (method, path, body, headers = {}) =>
    fetch(fake.url + path, {
      method,
      headers: {
        authorization: `MediaBrowser Client="Scene", Device="scene", DeviceId="scene", Version="1", Token="${KEY}"`,
        'content-type': 'application/json',
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  const defaultClient = fake.version === '12.0' ? 'Test' : 'Recorder';
  return {
    fake,
    exchange,
    server,
    bind: new Map([['{apiKey}', KEY]]),
    call,
    login: async (user, password, device, client = defaultClient) => {
      const headers = { authorization: deviceHeader(device, client) };
      const answer = await call('POST', '/Users/AuthenticateByName', { Username: user, Pw: password }, headers);
      if (!answer.ok) return undefined;
      const { AccessToken } = (await answer.json()) as { AccessToken: string };
      return AccessToken;
    },
    policy: async (user, patch) => {
      const { id } = fake.user(user);
      const { Policy } = (await (await call('GET', `/Users/${id}`)).json()) as { Policy: object };
      const answer = await call('POST', `/Users/${id}/Policy`, { ...Policy, ...patch });
      if (answer.status !== 204) throw new Error(`the policy of ${user} was refused: ${answer.status}`);
    },
    plant: async (name, content) => {
      const text = typeof content === 'string' ? content : JSON.stringify(content);
      await writeFile(join(fake.dataFolder, name), text);
    },
  };
}
