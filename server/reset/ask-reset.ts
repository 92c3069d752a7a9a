import { pickLanguage } from '../../injector/kit/translations.ts';
import type { Proof } from '../contract.ts';
import type { Logger } from '../log.ts';
import type { AskSource, OutboxStore } from '../outbox/outbox-store.ts';
import type { Clock } from '../ports.ts';
import type { RequestLimits } from './request-limits.ts';

/** How many requests may wait to be looked at; a flood from many addresses ends there. */
export const MAX_WAITING_REQUESTS = 10_000;

/** Longest name that is taken down, in characters. */
const MAX_IDENTIFIER = 256;

/** Somebody asked for a message. */
export interface Ask {
  /** As typed: a user name; from the account page a user name or a mail address. Cut at 256 characters. */
  readonly identifier: string;
  /** One valid IP address. */
  readonly clientAddress: string;
  /** The `Accept-Language` header, for the language of the message. */
  readonly acceptLanguage: string | undefined;
  readonly source: AskSource;
  /** A puzzle the page has solved. */
  readonly proof?: Proof | undefined;
}

/**
 * What is said to whoever asked. It depends on how much was asked before, by this network and by everybody, and on
 * nothing else. `proof-needed`: nothing was taken down; a proof of work must come with it.
 */
export type AskOutcome = 'taken' | 'proof-needed';

/** The use case behind Jellyfin's form and the account page. */
export interface AskReset {
  /**
   * Takes the request down durably and resolves. The work is the same for every name, nothing is looked up before;
   * what is over a limit is dropped in silence, and `taken` all the same. Source: OWASP O1, O2, O10.
   *
   * @throws {StorageError} when it cannot be kept; the same for every name.
   */
  ask(asked: Ask): Promise<AskOutcome>;
}

/**
 * Makes the use case.
 *
 * @param deps.spendProof Whether a proof is good; it is good once.
 * @param deps.wake Called after a request was kept; `wake` of the outbox.
 */
export function createAskReset(deps: {
  readonly store: Pick<OutboxStore, 'addAsked'>;
  readonly limits: RequestLimits;
  readonly spendProof: (proof: Proof) => Promise<boolean>;
  readonly wake: () => void;
  readonly clock: Clock;
  readonly log: Logger;
}): AskReset {
  const { store, limits, spendProof, wake, clock, log } = deps;

  async function keep({ identifier, clientAddress, acceptLanguage, source }: Ask): Promise<void> {
    const asked = {
      identifier: identifier.slice(0, MAX_IDENTIFIER),
      source,
      language: pickLanguage(acceptLanguage),
      clientAddress,
    };
    const askedId = await store.addAsked(asked, clock.now(), MAX_WAITING_REQUESTS);
    if (askedId === undefined) {
      log.error({ event: 'reset-limited', limit: 'waiting', clientAddress, source });
      return;
    }
    log.info({ event: 'reset-asked', askedId, clientAddress, source });
    wake();
  }

  return {
    async ask(asked) {
      const { clientAddress, source, proof } = asked;
      try {
        // Jellyfin can solve no puzzle.
        if (source !== 'pin-file' && (await limits.needsProof(clientAddress))) {
          const isProved = proof !== undefined && (await spendProof(proof));
          if (!isProved) {
            log.info({ event: 'reset-proof-asked', clientAddress, source, isWrong: proof !== undefined });
            return 'proof-needed';
          }
        }
        if (await limits.take(clientAddress)) await keep(asked);
        else log.warn({ event: 'reset-limited', limit: 'client', clientAddress, source });
      } catch (error) {
        log.error({ event: 'reset-lost', clientAddress, source, err: error });
        throw error;
      }
      return 'taken';
    },
  };
}
