import { randomBytes } from 'node:crypto';
import type { FakeJellyfin } from '../../jellyfin/fake-jellyfin.ts';
import { createFakeJellyfin, type FakeJellyfinOptions } from '../../jellyfin/fake-jellyfin.ts';

/** A person of a Jellyfin server that tests may do anything with. */
export interface SubjectUser {
  readonly id: string;
  readonly name: string;
  readonly password: string;
}

/** A Jellyfin server that Gatehouse is tried on: the fake, or a real test server. */
export interface Subject {
  /** With the base URL, without a slash at the end. */
  readonly url: string;
  /** What goes into `jellyfin.apiKey`. */
  readonly apiKey: string;
  readonly users: readonly SubjectUser[];
  /** The truth inside, for assertions; absent on a real server. */
  readonly fake?: FakeJellyfin;
  close(): Promise<void>;
}

/** Signs an administrator in for good and answers the token. */
export async function administratorToken(url: string, name: string, password: string): Promise<string> {
  const answer = await fetch(`${url}/Users/AuthenticateByName`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      Authorization:
        'MediaBrowser Client="Tests", Device="Tests", DeviceId="gatehouse-tests", Version="1.0.0"',
    },
    body: JSON.stringify({ Username: name, Pw: password }),
  });
  if (!answer.ok) throw new Error(`the administrator ${name} could not sign in: ${answer.status}`);
  return ((await answer.json()) as { AccessToken: string }).AccessToken;
}

/** Starts a fake with users alice and bob and an API key; 10.8 takes only an administrator's token for one. */
export async function createFakeSubject(options: FakeJellyfinOptions): Promise<Subject> {
  const apiKey = randomBytes(16).toString('hex');
  const fake = await createFakeJellyfin({ apiKeys: [apiKey], knownProxies: ['127.0.0.1'], ...options });
  const users = ['alice', 'bob'].map((name) => ({
    id: fake.user(name).id,
    name,
    password: fake.user(name).password ?? '',
  }));
  const key =
    options.version === '10.8.13' ? await administratorToken(fake.url, 'admin', 'admin-pw-1') : apiKey;
  return { url: fake.url, apiKey: key, users, fake, close: () => fake.close() };
}
