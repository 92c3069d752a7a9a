import { z } from 'zod';
import { PublicSystemInfo, type UserDto, UserList } from '../answers.ts';
import {
  type JellyfinAnswer,
  type JellyfinCall,
  readJsonAnswer,
  sendToJellyfin,
  unexpectedAnswer,
} from '../send.ts';
import { type SignIn, signIn, signOut } from '../sign-in.ts';
import { createTransport, type Transport } from '../transport.ts';

/**
 * The one address we claim to speak for. Jellyfin gives PIN files to its home network only, and loopback always
 * belongs to it, whatever LocalNetworkSubnets says. Where Gatehouse is a known proxy (and on 10.8 to 10.10.6, where
 * everybody is while none is named) it is believed; elsewhere it is ignored and our own address counts.
 * Source: NetworkManager.IsInLocalNetwork, KnownProxies seen live on 10.8.13 to 12.0.
 */
const HOME_ADDRESS = '127.0.0.1';

const ForgotPasswordResult = z.looseObject({ Action: z.string(), PinFile: z.string().nullish() });

/** How to reach Jellyfin. */
export interface KeylessApiOptions {
  /** `jellyfin.url`: http, https or unix, with the base path, if it has one. */
  readonly url: string;
  /** The only certificate authorities to trust, in PEM. */
  readonly ca?: string | undefined;
  /** Random, one for each installation or process. Not empty. */
  readonly deviceId: string;
  /** Version of this program. */
  readonly version: string;
  /** Longest wait for one answer, default 10,000. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  /** Made of `url` and `ca` when left out. */
  readonly transport?: Transport;
}

/** A person's own session. */
export interface OwnSession {
  readonly token: string;
  readonly deviceId: string;
  /** Jellyfin's id of the person. */
  readonly userId: string;
}

/** What became of a request for a PIN file. `path` is as Jellyfin sees it. */
export type AskedForPin =
  /** From 10.11.2 on also when nothing was written: unknown name, or not of the home network. */
  | { readonly kind: 'asked'; readonly path: string }
  /** Up to 10.11.1: unknown name, or not of the home network. */
  | { readonly kind: 'refused' }
  /** Status 500: somebody else's request for the same name was at work, or the file cannot be written. */
  | { readonly kind: 'failed' };

/**
 * The calls a reset needs where there is no API key: anybody's, and those of a person for himself. Each has one form that
 * works from 10.8 to 12. All throw `JellyfinUnreachableError` when Jellyfin does not answer as itself.
 */
export interface KeylessApi {
  readonly deviceId: string;
  publicInfo(): Promise<PublicSystemInfo>;
  /** The accounts on the login screen: neither hidden nor disabled. Most are hidden. */
  publicUsers(): Promise<readonly UserDto[]>;
  /** Has a PIN file written. Never for more names than needed: each leaves 37 rows in Jellyfin's database for good. */
  askForPin(name: string): Promise<AskedForPin>;
  /** Makes the typed text the password of whoever has that PIN; dashes do not count for the comparison. */
  redeemPin(typed: string): Promise<'redeemed' | 'no-match' | 'failed'>;
  /** A wrong password counts as a failed sign-in. */
  signIn(name: string, password: string, deviceId: string): Promise<SignIn>;
  /**
   * Changes the person's own password and ends all sessions but the one given. `refused` counts as a failed sign-in
   * when it was for a wrong `current`. The new one must not be empty.
   */
  changeOwnPassword(
    session: OwnSession,
    passwords: { readonly current: string; readonly next: string },
  ): Promise<'changed' | 'refused' | 'failed'>;
  signOut(token: string, deviceId: string): Promise<void>;
  /** The same calls, ended by a signal at the latest. */
  within(signal: AbortSignal): KeylessApi;
}

/** Makes the calls. Source: jellyfin UserController.cs, 10.8.13 to 12.0. */
export function createKeylessApi(options: KeylessApiOptions): KeylessApi {
  const { deviceId, version } = options;
  const transport = options.transport ?? createTransport(options.url, options.ca);
  const connection = { timeoutMs: 10_000, ...options, ...transport };
  const send = (call: JellyfinCall): Promise<JellyfinAnswer> => sendToJellyfin(connection, call);
  const signing = { send, version, forwardedFor: HOME_ADDRESS };
  const ask = (method: 'GET' | 'POST', path: string, body?: unknown): Promise<JellyfinAnswer> =>
    send({ method, path, body, identity: { deviceId, version }, forwardedFor: HOME_ADDRESS });

  return {
    deviceId,
    publicInfo: async () =>
      readJsonAnswer(PublicSystemInfo, 'System/Info/Public', await ask('GET', '/System/Info/Public')),
    publicUsers: async () => readJsonAnswer(UserList, 'Users/Public', await ask('GET', '/Users/Public')),
    async askForPin(name) {
      const answer = await ask('POST', '/Users/ForgotPassword', { EnteredUsername: name });
      if (answer.status === 500) return { kind: 'failed' };
      // A name of blanks only.
      if (answer.status === 400) return { kind: 'refused' };
      if (answer.status !== 200) throw unexpectedAnswer('Users/ForgotPassword', answer);
      const { Action, PinFile } = readJsonAnswer(ForgotPasswordResult, 'Users/ForgotPassword', answer);
      return Action === 'PinCode' ? { kind: 'asked', path: PinFile ?? '' } : { kind: 'refused' };
    },
    async redeemPin(typed) {
      const { status, ...answer } = await ask('POST', '/Users/ForgotPassword/Pin', { Pin: typed });
      if (status === 200) return 'redeemed';
      if (status === 404 || status === 400) return 'no-match';
      if (status === 500) return 'failed';
      throw unexpectedAnswer('Users/ForgotPassword/Pin', { status, ...answer });
    },
    signIn: (name, password, ownDeviceId) => signIn(signing, name, password, ownDeviceId),
    async changeOwnPassword({ token, deviceId: ownDeviceId, userId }, { current, next }) {
      if (next === '') throw new TypeError('an empty password would open the account to everybody');
      const answer = await send({
        method: 'POST',
        path: `/Users/${userId}/Password`,
        identity: { deviceId: ownDeviceId, version, token },
        forwardedFor: HOME_ADDRESS,
        body: { CurrentPw: current, NewPw: next },
      });
      if (answer.status < 300) return 'changed';
      if (answer.status === 401 || answer.status === 403) return 'refused';
      if (answer.status === 404 || answer.status === 500) return 'failed';
      throw unexpectedAnswer('Users/{id}/Password', answer);
    },
    signOut: (token, ownDeviceId) => signOut(signing, token, ownDeviceId),
    within: (signal) => createKeylessApi({ ...options, transport, signal }),
  };
}
