import { SignInResult, type UserDto } from './answers.ts';
import type { JellyfinAnswer, JellyfinCall } from './send.ts';
import { readJsonAnswer, unexpectedAnswer } from './send.ts';

/** How a sign-in ended; `forbidden` is a disabled or locked account, or one that may not sign in from here, now. */
export type SignIn =
  | { readonly kind: 'signed-in'; readonly token: string; readonly user: UserDto }
  | { readonly kind: 'wrong-password' | 'forbidden' };

/** What signing in and out needs. */
export interface SignInParts {
  readonly send: (call: JellyfinCall) => Promise<JellyfinAnswer>;
  /** Version of this program. */
  readonly version: string;
  /** The client whom we claim to speak for; left out, nobody. */
  readonly forwardedFor?: string | undefined;
}

/** Signs in on a device of its own; a wrong password counts as a failed sign-in. @throws {JellyfinUnreachableError} */
export async function signIn(
  { send, version, forwardedFor }: SignInParts,
  name: string,
  password: string,
  deviceId: string,
): Promise<SignIn> {
  const answer = await send({
    method: 'POST',
    path: '/Users/AuthenticateByName',
    identity: { deviceId, version },
    forwardedFor,
    body: { Username: name, Pw: password },
  });
  // 400 is how a stored empty text answers any password: Jellyfin lost ours to a row that had none.
  if (answer.status === 401 || answer.status === 400) return { kind: 'wrong-password' };
  if (answer.status === 403) return { kind: 'forbidden' };
  if (answer.status !== 200) throw unexpectedAnswer('Users/AuthenticateByName', answer);
  const { AccessToken, User } = readJsonAnswer(SignInResult, 'Users/AuthenticateByName', answer);
  return { kind: 'signed-in', token: AccessToken, user: User };
}

/** Ends a token; one that is dead already is no error. @throws {JellyfinUnreachableError} */
export async function signOut(
  { send, version, forwardedFor }: SignInParts,
  token: string,
  deviceId: string,
): Promise<void> {
  const identity = { deviceId, version, token };
  const answer = await send({ method: 'POST', path: '/Sessions/Logout', identity, forwardedFor });
  if (answer.status >= 300 && answer.status !== 401) throw unexpectedAnswer('Sessions/Logout', answer);
}
