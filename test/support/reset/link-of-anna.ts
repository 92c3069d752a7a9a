/** When the contracts of links play, in ms since 1970. */
export const NOW = 1_800_000_000_000;

/** How long a claim lasts in them. */
export const LEASE_MS = 30_000;

/** Stands for the hash of a token. */
export const hashOf = (digit: string): string => digit.repeat(64);

/** A link that is good for a second from then on. */
export const link = {
  tokenHash: hashOf('a'),
  userId: '1'.repeat(32),
  userName: 'anna',
  outboxId: 1,
  expiresAt: NOW + 1000,
};

/** What looking at it answers until it is used. */
export const open = { state: 'open', userId: link.userId, userName: 'anna' };
