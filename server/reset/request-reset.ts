import { clientNetwork } from '../../injector/addresses/client-network.ts';
import type { ResetRequest } from '../../injector/answers/reset-port.ts';
import { type Language, pickLanguage } from '../../injector/kit/translations.ts';
import type { RequestReset } from '../http/use-cases.ts';
import type { Logger } from '../log/log.ts';
import type { Clock } from '../ports/clock.ts';
import type { Limits } from '../ports/limits.ts';
import type { OutboxStore, RequestSource } from '../ports/outbox-store.ts';
import type { Proofs } from './proofs.ts';

/** How many requests may wait to be looked at; a flood from many addresses ends there. */
export const MAX_WAITING_REQUESTS = 10_000;

/** Longest name that is taken down, in characters. */
const MAX_ENTERED_NAME = 256;

/** What taking requests down needs of the world. */
export interface RequestResetParts {
  readonly store: Pick<OutboxStore, 'addRequest'>;
  readonly limits: RequestLimits;
  readonly proofs: Proofs;
  /** Told of each request, before anything else. */
  readonly onRequest?: () => void;
  /** Called after a request was kept; `wake` of the outbox. */
  readonly wake: () => void;
  /** Of messages to people whose browser tells none that we have. @default English */
  readonly language?: Language | undefined;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Makes the use case. Source: OWASP O1, O2, O10. */
export function createRequestReset(parts: RequestResetParts): RequestReset {
  const { store, limits, proofs, onRequest, wake, clock, log } = parts;

  async function keep(request: ResetRequest, source: RequestSource): Promise<void> {
    const { clientAddress } = request;
    const enteredName = request.enteredName.slice(0, MAX_ENTERED_NAME);
    const row = {
      enteredName,
      source,
      language: pickLanguage(request.acceptLanguage, parts.language),
      clientAddress,
    };
    const askedId = await store.addRequest(row, clock.now(), MAX_WAITING_REQUESTS);
    if (askedId === undefined) {
      log.error({ event: 'reset-limited', limit: 'waiting', clientAddress, source });
      return;
    }
    log.info({ event: 'reset-asked', askedId, clientAddress, source });
    wake();
  }

  return {
    async requestReset(request, source = 'form', proof) {
      const { clientAddress } = request;
      onRequest?.();
      try {
        // Jellyfin can solve no puzzle.
        if (source !== 'pin-file' && (await limits.needsProof(clientAddress))) {
          const isProved = proof !== undefined && (await proofs.spend(proof));
          if (!isProved) {
            log.info({ event: 'reset-proof-asked', clientAddress, source, isWrong: proof !== undefined });
            return 'proof-needed';
          }
        }
        if (await limits.take(clientAddress)) await keep(request, source);
        else log.warn({ event: 'reset-limited', limit: 'client', clientAddress, source });
      } catch (error) {
        log.error({ event: 'reset-lost', clientAddress, source, err: error });
        throw error;
      }
      return 'taken';
    },
    challenge: () => proofs.challenge(),
  };
}

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
