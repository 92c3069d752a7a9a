import { dateText, md5Guid, NO_DATE } from './dotnet-text.ts';
import type { ClientInfo } from './tokens.ts';
import type { Traits } from './versions.ts';

/** Somebody's client that has been seen. */
export interface Session extends ClientInfo {
  id: string;
  userId: string;
  userName: string;
  address: string | undefined;
  lastActivity: Date;
}

/** The sessions of a fake server, one for each pair of application and device id. */
export interface SessionStore {
  all(): Session[];
  /** Finds or makes the session of a client; true if it is new. */
  note(
    info: ClientInfo,
    user: { id: string; name: string } | undefined,
    address: string | undefined,
  ): [Session, isNew: boolean];
  /** The session that ended, if there was one. */
  end(info: Pick<ClientInfo, 'client' | 'deviceId'>): Session | undefined;
}

/** No sessions yet. */
export function createSessionStore(): SessionStore {
  const sessions = new Map<string, Session>();
  const idOf = (info: Pick<ClientInfo, 'client' | 'deviceId'>): string =>
    md5Guid(info.client + info.deviceId);
  return {
    all: () => [...sessions.values()].reverse(),
    note: (info, user, address) => {
      const id = idOf(info);
      const isNew = !sessions.has(id);
      const session = {
        ...info,
        id,
        userId: user?.id ?? '',
        userName: user?.name ?? '',
        address,
        lastActivity: new Date(),
      };
      sessions.set(id, session);
      return [session, isNew];
    },
    end: (info) => {
      const session = sessions.get(idOf(info));
      if (session) sessions.delete(session.id);
      return session;
    },
  };
}

/** ClientCapabilities of a client that has not told any. */
export function noCapabilities(traits: Traits): Record<string, unknown> {
  return {
    PlayableMediaTypes: [],
    SupportedCommands: [],
    SupportsMediaControl: false,
    ...(traits.minor === 8 ? { SupportsContentUploading: false } : {}),
    SupportsPersistentIdentifier: true,
    ...(traits.minor === 9 ? { SupportsContentUploading: false } : {}),
    ...(traits.minor <= 9 ? { SupportsSync: false } : {}),
  };
}

/** SessionInfo as the login answer and GET /Sessions show it. */
export function sessionInfo(traits: Traits, serverId: string, session: Session): Record<string, unknown> {
  return {
    PlayState: {
      CanSeek: false,
      IsPaused: false,
      IsMuted: false,
      RepeatMode: 'RepeatNone',
      ...(traits.minor >= 9 ? { PlaybackOrder: 'Default' } : {}),
    },
    AdditionalUsers: [],
    Capabilities: noCapabilities(traits),
    RemoteEndPoint: session.address,
    PlayableMediaTypes: [],
    Id: session.id,
    UserId: session.userId,
    UserName: session.userName,
    Client: session.client,
    LastActivityDate: dateText(session.lastActivity),
    LastPlaybackCheckIn: NO_DATE,
    DeviceName: session.device,
    DeviceId: session.deviceId,
    ApplicationVersion: session.version,
    IsActive: true,
    SupportsMediaControl: false,
    SupportsRemoteControl: false,
    NowPlayingQueue: [],
    ...(traits.minor < 12 ? { NowPlayingQueueFullItems: [] } : {}),
    HasCustomDeviceName: false,
    ServerId: serverId,
    SupportedCommands: [],
  };
}
