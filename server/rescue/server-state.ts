import { type FileHolder, findHolders } from '../machine/process-table.ts';

/** Whether Jellyfin runs on a database, as far as it can be seen. */
export type ServerState =
  /** `isLocking`: all who have the file open hold SQLite's lock on it, so that it may be opened beside them. */
  | { readonly kind: 'running'; readonly isLocking: boolean; readonly holders: readonly FileHolder[] }
  | { readonly kind: 'stopped' }
  /** It may run where nobody here can look: in another container, or on a system without /proc. */
  | { readonly kind: 'unseen' };

/** Looks who has the database open. */
export async function seeServer(path: string): Promise<ServerState> {
  const { holders, isWhole } = await findHolders(path);
  if (holders.length > 0)
    return { kind: 'running', isLocking: holders.every(({ isLocking }) => isLocking), holders };
  return { kind: isWhole ? 'stopped' : 'unseen' };
}
