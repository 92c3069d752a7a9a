/** Holds every limit that a client meets, with its default. */
export interface Limits {
  /** Largest head of a request, in bytes; as Jellyfin's own. Source: Kestrel, MaxRequestHeadersTotalSize. */
  readonly headBytes: number;
  /** Most header lines; as Jellyfin's own. Source: Kestrel, MaxRequestHeaderCount. */
  readonly headerLines: number;
  /** Longest request target, in bytes; as Jellyfin's own. Source: Kestrel, MaxRequestLineSize. */
  readonly targetBytes: number;
  /** How long a client may take for its head, in milliseconds; longer is an attack that holds connections open. */
  readonly headMs: number;
  /** How often that is looked at, in milliseconds; a slow head is cut after at most the sum of both. */
  readonly checkMs: number;
  /** How long a body may stand still while we wait for it, in milliseconds. Films may take as long as they take. */
  readonly idleBodyMs: number;
  /** How long a whole body may take on routes we answer ourselves, in milliseconds. */
  readonly ownBodyMs: number;
  /** How long an idle connection is kept, in milliseconds; more than the 60 s of common proxies in front of us. */
  readonly keepAliveMs: number;
  /** Requests of one connection that may wait behind the one being answered. */
  readonly waitingRequests: number;
  /** And the bytes of their heads. */
  readonly waitingBytes: number;
  /** Connections of one client address from outside; more are refused, and beyond twice as many closed at once. */
  readonly connectionsPerAddress: number;
  /** Connections of everybody together; more are closed at once. A system rarely lets a program have more. */
  readonly connections: number;
  /** What is still read of a body that was answered early, in bytes, so that the client gets to read the answer. */
  readonly lingerBytes: number;
  /** And for how long, in milliseconds. */
  readonly lingerMs: number;
}

/** The limits in force; SECURITY.md names them to admins. */
export const LIMITS: Limits = {
  headBytes: 32 * 1024,
  headerLines: 100,
  targetBytes: 8 * 1024,
  headMs: 15_000,
  checkMs: 2_000,
  idleBodyMs: 60_000,
  ownBodyMs: 15_000,
  keepAliveMs: 75_000,
  waitingRequests: 200,
  waitingBytes: 64 * 1024,
  connectionsPerAddress: 256,
  connections: 10_000,
  lingerBytes: 64 * 1024,
  lingerMs: 2_000,
};
