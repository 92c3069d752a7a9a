import { newId } from './dotnet-text.ts';

/** What a client says about itself in its Authorization header. */
export interface ClientInfo {
  client: string;
  device: string;
  deviceId: string;
  version: string;
}

/** One row of the table Devices: an access token and whose it is. */
export interface DeviceRow extends ClientInfo {
  token: string;
  userId: string;
  lastActivity: Date;
}

/** The access tokens of a fake server. */
export interface TokenStore {
  all(): DeviceRow[];
  find(token: string): DeviceRow | undefined;
  create(userId: string, info: ClientInfo): DeviceRow;
  revoke(token: string): void;
  /** Ends all tokens of a user but one. */
  revokeUser(userId: string, except?: string): void;
  /** Called with every row that is revoked: sessions and WebSockets end with it. */
  onRevoked(listener: (row: DeviceRow) => void): void;
}

/** An empty table of tokens. */
export function createTokenStore(): TokenStore {
  const rows = new Map<string, DeviceRow>();
  const listeners: ((row: DeviceRow) => void)[] = [];
  function revoke(token: string): void {
    const row = rows.get(token);
    if (!row) return;
    rows.delete(token);
    for (const listener of listeners) listener(row);
  }
  return {
    all: () => [...rows.values()],
    find: (token) => rows.get(token),
    create: (userId, info) => {
      const row: DeviceRow = { ...info, userId, token: newId(), lastActivity: new Date() };
      rows.set(row.token, row);
      return row;
    },
    revoke,
    revokeUser: (userId, except) => {
      for (const row of [...rows.values()])
        if (row.userId === userId && row.token !== except) revoke(row.token);
    },
    onRevoked: (listener) => void listeners.push(listener),
  };
}
