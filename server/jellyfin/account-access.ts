import { randomBytes } from 'node:crypto';
import { PROGRAM_VERSION } from '../config/version.ts';
import type { Logger } from '../log/log.ts';
import type { AccountAccess, AccountOwner, PersonDevice, PersonToken } from '../ports/account-access.ts';
import type { Accounts } from '../ports/accounts.ts';
import type { Clock } from '../ports/clock.ts';
import { type DeviceInfo, SessionList, UserDto } from './answers.ts';
import { createJellyfinApi } from './api.ts';
import { ownUserId } from './own-user-id.ts';
import { createQuickConnect, orUnreachable } from './quick-connect.ts';
import {
  type BorrowedIdentity,
  type ClientIdentity,
  type JellyfinCall,
  readJsonAnswer,
  sendToJellyfin,
  unexpectedAnswer,
} from './send.ts';
import { endSessions } from './set-password.ts';
import { signIn, signOut } from './sign-in.ts';
import { createTransport } from './transport.ts';

/** What the adapter needs. */
export interface AccountAccessParts {
  /** With the base path, if it has one. */
  readonly url: string;
  /** The only certificate authorities to trust, in PEM. */
  readonly ca?: string | undefined;
  /** Undefined: devices are signed out by nobody but themselves. */
  readonly apiKey: string | undefined;
  /** Says what the account is kept under. */
  readonly accounts: Pick<Accounts, 'findByName'>;
  readonly clock: Clock;
  readonly log: Logger;
  /** Longest wait for one answer, in milliseconds. @default 10,000 */
  readonly timeoutMs?: number;
}

/** Devices of ours: what people see of theirs leaves them out. */
const OUR_DEVICE = 'gatehouse-';

/** How long ending all devices of an account may take, in milliseconds. */
const END_ALL_MS = 15_000;

/**
 * Makes the calls of My Account. Clients are spoken for by their address (`X-Forwarded-For`), so that what Jellyfin allows
 * at home only stays so. Source: jellyfin UserController.cs, DevicesController.cs, SessionController.cs, 10.8.13 to 12.0.
 */
export function createAccountAccess(parts: AccountAccessParts): AccountAccess {
  const { url, ca, apiKey, accounts, clock, log } = parts;
  const transport = createTransport(url, ca);
  const connection = { timeoutMs: parts.timeoutMs ?? 10_000, ...transport };
  const send = (call: JellyfinCall) => sendToJellyfin(connection, call);
  const version = PROGRAM_VERSION;
  const api =
    apiKey === undefined
      ? undefined
      : createJellyfinApi({ url, ca, apiKey, version, transport, deviceId: `${OUR_DEVICE}account` });
  const quickConnect = createQuickConnect({ send, version, clock });

  const identityOf = ({ token, deviceId }: PersonToken): ClientIdentity | BorrowedIdentity =>
    deviceId === undefined ? { token } : { token, deviceId, version };

  /**
   * Contacts made without an API key are kept under an id of ours, by the name. An account that has another id of Jellyfin's
   * is somebody else's, who had the name before.
   */
  async function toOwner({ Id: jellyfinId, Name: userName }: UserDto): Promise<AccountOwner> {
    const known = await accounts.findByName(userName).catch(() => undefined);
    const userId = known?.id === ownUserId(userName) ? known.id : jellyfinId;
    return { userId, jellyfinId, userName };
  }

  async function ownerOf(token: PersonToken, forwardedFor: string) {
    const call = { method: 'GET', path: '/Users/Me', identity: identityOf(token), forwardedFor } as const;
    const answer = await send(call);
    // 400 is what an API key gets: it is nobody.
    if ([400, 401, 403, 404].includes(answer.status)) return { kind: 'refused' } as const;
    if (answer.status !== 200) throw unexpectedAnswer('Users/Me', answer);
    const owner = await toOwner(readJsonAnswer(UserDto, 'Users/Me', answer));
    return { kind: 'owner', owner } as const;
  }

  async function listDevices({ jellyfinId }: AccountOwner, token: PersonToken): Promise<PersonDevice[]> {
    if (api !== undefined)
      return (await api.devices()).filter(({ LastUserId }) => LastUserId === jellyfinId).map(toDevice);
    const answer = await send({ method: 'GET', path: '/Sessions', identity: identityOf(token) });
    if (answer.status !== 200) throw unexpectedAnswer('Sessions', answer);
    return readJsonAnswer(SessionList, 'Sessions', answer)
      .filter(({ UserId }) => UserId === jellyfinId)
      .map(({ DeviceId, DeviceName, Client, LastActivityDate }) =>
        toDevice({ Id: DeviceId, Name: DeviceName, AppName: Client, DateLastActivity: LastActivityDate }),
      );
  }

  async function endDevices(jellyfinId: string, which: readonly string[] | 'all'): Promise<boolean> {
    // An administrator's own token in place of a key would end with its device.
    if (api === undefined || (await api.ownUserId()) === jellyfinId) return false;
    if (which === 'all') {
      const within = api.within(AbortSignal.timeout(END_ALL_MS));
      return endSessions(
        within,
        jellyfinId,
        api.deviceId,
        (ms) => new Promise((done) => setTimeout(done, ms)),
      );
    }
    const own = (await api.devices()).filter(({ LastUserId }) => LastUserId === jellyfinId);
    for (const { Id } of own) if (which.includes(Id)) await api.deleteDevice(Id);
    return true;
  }

  return {
    async signIn({ name, password, clientAddress: forwardedFor }, purpose) {
      const deviceId =
        purpose === 'session'
          ? `${OUR_DEVICE}account-${ownUserId(name)}`
          : `${OUR_DEVICE}check-${randomBytes(8).toString('hex')}`;
      const answer = await orUnreachable(signIn({ send, version, forwardedFor }, name, password, deviceId));
      if (answer.kind !== 'signed-in') return { kind: answer.kind };
      const token = { token: answer.token, deviceId };
      return { kind: 'signed-in', token, owner: await toOwner(answer.user) };
    },
    ownerOf: (token, clientAddress) => orUnreachable(ownerOf(token, clientAddress)),
    async signOut({ token, deviceId }) {
      if (deviceId === undefined) return;
      await signOut({ send, version }, token, deviceId).catch((err: unknown) =>
        log.warn({ event: 'sessions-left', err }),
      );
    },
    quickConnect: {
      isEnabled: quickConnect.isEnabled,
      async begin() {
        const begun = await orUnreachable(quickConnect.begin());
        if (begun === undefined) return { kind: 'off' };
        return 'kind' in begun ? begun : { kind: 'begun', ...begun };
      },
      async end({ secret, deviceId }) {
        const ended = await orUnreachable(quickConnect.end({ secret, deviceId }));
        if (ended.kind !== 'signed-in') return { kind: ended.kind };
        return {
          kind: 'signed-in',
          token: { token: ended.token, deviceId },
          owner: await toOwner(ended.user),
        };
      },
    },
    devices: (owner, token) =>
      listDevices(owner, token)
        .then((devices) => devices.filter(({ id }) => !id.startsWith(OUR_DEVICE)))
        .catch(() => undefined),
    endDevices: (jellyfinId, which) =>
      endDevices(jellyfinId, which).catch((err: unknown) => {
        log.warn({ event: 'sessions-left', err });
        return false;
      }),
  };
}

function toDevice({ Id, Name, AppName, DateLastActivity }: DeviceInfo): PersonDevice {
  const at = Date.parse(DateLastActivity ?? '');
  return {
    id: Id,
    name: Name ?? '',
    app: AppName ?? '',
    lastSeenAt: Number.isNaN(at) ? undefined : at,
  };
}
