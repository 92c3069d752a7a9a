import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { PROGRAM_VERSION } from '../config/version.ts';
import { createAdministration } from '../jellyfin/administration.ts';
import type { UserDto } from '../jellyfin/answers.ts';
import { createQuickConnect } from '../jellyfin/quick-connect.ts';
import { type JellyfinCall, sendToJellyfin } from '../jellyfin/send.ts';
import { signIn, signOut } from '../jellyfin/sign-in.ts';
import { createTransport } from '../jellyfin/transport.ts';

/** The Jellyfin that is asked. */
export interface Server {
  /** `jellyfin.url`. */
  readonly url: string;
  /** Content of `jellyfin.caFile`. */
  readonly ca?: string | undefined;
  readonly version: string;
}

/** How the administrator proves to be one. */
export type Proof =
  | { readonly way: 'password'; readonly name: string; readonly password: string }
  /** `tellCode` is told what to type into a Jellyfin where the administrator is signed in. */
  | { readonly way: 'quick-connect'; readonly tellCode: (code: string) => void };

/** What came of it. */
export type GotKey =
  | {
      readonly kind: 'got';
      /** For `jellyfin.apiKey`. */
      readonly key: string;
      readonly administrator: string;
      /** True where it is the access token of this sign-in, because no API key can set a password (10.8). */
      readonly isToken: boolean;
      /** False where Jellyfin did not end the sign-in, so that it is left under Dashboard, Devices. */
      readonly isSignedOut: boolean;
      /** Makes undone what was made, because nothing comes of it; false when Jellyfin did not. Never rejects. */
      readonly takeBack: () => Promise<boolean>;
    }
  /** Nothing was made. */
  | { readonly kind: 'refused'; readonly says: string };

/** Name of the key under Dashboard, API Keys. */
const APP = 'Gatehouse';

/** How long Jellyfin may take for one answer, in milliseconds: hashing a password is slow on small machines. */
const ANSWER_MS = 15_000;

/** Pause between two questions whether the code was typed, in milliseconds. */
const PAUSE_MS = 2_000;

/** How it is waited for the code of Quick Connect. */
export interface Waiting {
  /** Between two questions whether it was typed, in milliseconds. @default 2000 */
  readonly pauseMs?: number | undefined;
  /** Ends the waiting; a sign-in that has begun goes on to its end. @default nothing does */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Signs in once as an administrator, makes an API key, and signs out again. Neither password nor access token is kept, but for
 * the token on 10.8, which then stands for a key.
 *
 * @throws {JellyfinUnreachableError} after the sign-in was ended, if it had begun; an AbortError of the signal before it began.
 */
export async function getKey(
  { url, ca, version }: Server,
  proof: Proof,
  { pauseMs = PAUSE_MS, signal }: Waiting = {},
): Promise<GotKey> {
  const transport = createTransport(url, ca);
  const send = (call: JellyfinCall) => sendToJellyfin({ ...transport, timeoutMs: ANSWER_MS }, call);
  const parts = { send, version: PROGRAM_VERSION };
  const begun = await begin(parts, proof, { pauseMs, signal });
  if ('says' in begun) return { kind: 'refused', says: begun.says };
  const { token, deviceId, user } = begun;
  const leave = () =>
    signOut(parts, token, deviceId).then(
      () => true,
      () => false,
    );
  if (!user.Policy.IsAdministrator) {
    await leave();
    return { kind: 'refused', says: `${user.Name} is no administrator of Jellyfin.` };
  }
  const about = { kind: 'got', administrator: user.Name } as const;
  if (version.startsWith('10.8.'))
    return {
      ...about,
      key: token,
      isToken: true,
      isSignedOut: false,
      takeBack: leave,
    };
  const identity = { deviceId, version: PROGRAM_VERSION, token };
  let key: string;
  try {
    key = await createAdministration({ send, identity }).makeKey(APP);
  } catch (error) {
    await leave();
    throw error;
  }
  const takeBack = async () => {
    const own = createAdministration({
      send,
      identity: { ...identity, deviceId: newDeviceId(), token: key },
    });
    return await own.deleteKey(key).then(
      () => true,
      () => false,
    );
  };
  return { ...about, key, isToken: false, isSignedOut: await leave(), takeBack };
}

/** A token, or one sentence that says why there is none. */
type Begun =
  | { readonly token: string; readonly deviceId: string; readonly user: UserDto }
  | { readonly says: string };

interface Parts {
  readonly send: Parameters<typeof createQuickConnect>[0]['send'];
  readonly version: string;
}

async function begin(parts: Parts, proof: Proof, waiting: Waiting): Promise<Begun> {
  if (proof.way === 'quick-connect') return await beginByCode(parts, proof.tellCode, waiting);
  const deviceId = newDeviceId();
  const answer = await signIn(parts, proof.name, proof.password, deviceId);
  if (answer.kind === 'signed-in') return { token: answer.token, deviceId, user: answer.user };
  return {
    says:
      answer.kind === 'wrong-password'
        ? 'Jellyfin does not know that name with that password.'
        : 'Jellyfin does not let that account sign in: it is disabled, or may not from here.',
  };
}

async function beginByCode(
  parts: Parts,
  tellCode: (code: string) => void,
  { pauseMs, signal }: Waiting,
): Promise<Begun> {
  const quickConnect = createQuickConnect({ ...parts, clock: { now: () => Date.now() } });
  const asked = await quickConnect.begin();
  if (asked === undefined) return { says: 'Quick Connect is switched off in Jellyfin.' };
  tellCode(asked.code);
  // It ends by itself: Jellyfin lets a code expire after ten minutes.
  for (;;) {
    await sleep(pauseMs, undefined, { signal });
    const answer = await quickConnect.end(asked);
    if (answer.kind === 'expired') return { says: 'The code expired before anybody typed it.' };
    if (answer.kind === 'signed-in')
      return { token: answer.token, deviceId: asked.deviceId, user: answer.user };
  }
}

function newDeviceId(): string {
  return `gatehouse-init-${randomBytes(8).toString('hex')}`;
}
