import type { FakeJellyfin } from '../../jellyfin/fake-jellyfin.ts';

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
