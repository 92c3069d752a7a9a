import { clientNetwork } from '../../injector/addresses/client-network.ts';
import type { Clock } from '../ports/clock.ts';
import type { Limits } from '../ports/limits.ts';

/** How many requests for a message there may be in an hour, and when somebody has to work for one. */
export interface RequestAllowances {
  /** Of one client network. */
  readonly requestsPerClientPerHour: number;
  /** Of everybody together, until proofs of work are asked for. */
  readonly requestsPerHour: number;
  /** `auto`: when a network has used up half of its allowance, or everybody all of theirs. */
  readonly proofOfWork: 'auto' | 'always' | 'never';
}

/** Counts requests, by who asks and never by whom they are about. */
export interface RequestLimits {
  /** Whether the next request of this client must come with a proof of work. Takes nothing. */
  needsProof(clientAddress: string): Promise<boolean>;
  /** Counts a request; false when the client's network has used up its allowance. */
  take(clientAddress: string): Promise<boolean>;
}

const HOUR_MS = 60 * 60_000;

/** The part of a network's allowance that is free of work, while proofs are asked for as needed. */
export const FREE_SHARE = 0.5;

const EVERYBODY = 'everybody';

/**
 * Makes the limits. That of everybody refuses nobody: whoever floods from many networks makes all others solve a puzzle,
 * and cannot shut them out. Source: OWASP O10; ASVS 5.0 2.4.1, 6.1.1.
 */
export function createRequestLimits(
  limits: Limits,
  allowances: RequestAllowances,
  clock: Clock,
): RequestLimits {
  const { proofOfWork, requestsPerClientPerHour, requestsPerHour } = allowances;
  const freeOfOne = Math.max(1, Math.floor(requestsPerClientPerHour * FREE_SHARE));
  const keyOf = (clientAddress: string): string => `client:${clientNetwork(clientAddress)}`;
  const usedOf = async (key: string): Promise<number> => (await limits.read(key, clock.now())).used;

  return {
    async needsProof(clientAddress) {
      if (proofOfWork !== 'auto') return proofOfWork === 'always';
      if ((await usedOf(keyOf(clientAddress))) >= freeOfOne) return true;
      return (await usedOf(EVERYBODY)) >= requestsPerHour;
    },
    async take(clientAddress) {
      const now = clock.now();
      const ofOne = { points: requestsPerClientPerHour, windowMs: HOUR_MS };
      const { isWithin } = await limits.take(keyOf(clientAddress), ofOne, now);
      if (isWithin) await limits.take(EVERYBODY, { points: requestsPerHour, windowMs: HOUR_MS }, now);
      return isWithin;
    },
  };
}
