import type { ResetPort } from '../../injector/answers/reset-port.ts';
import { pickLanguage } from '../../injector/kit/translations.ts';
import type { ResetConfig } from '../config/config.ts';
import type { Proof } from '../http/contract.ts';
import type { AskFromPage } from '../http/use-cases.ts';
import type { Logger } from '../log/log.ts';
import type { Clock } from '../ports/clock.ts';
import type { AskSource, OutboxStore } from '../ports/outbox-store.ts';
import type { Storage } from '../ports/storage.ts';
import { createProofs } from './proofs.ts';
import { createRequestLimits, type RequestLimits } from './request-limits.ts';

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

/** The doors by which people ask for a message. */
export interface Asking {
  /** Jellyfin's form, which can solve no puzzle. */
  readonly fromForm: ResetPort['askReset'];
  /** Our own page. */
  readonly fromPage: AskFromPage;
  /** Jellyfin itself: somebody at home asked it past Gatehouse, and the PIN file names the person. */
  readonly fromPinFile: (userName: string) => Promise<unknown>;
}

/** Who asked there is not known; all of them have one allowance together. */
const JELLYFIN_ITSELF = {
  clientAddress: '127.0.0.1',
  acceptLanguage: undefined,
  source: 'pin-file',
} as const;

/** Puts together what taking requests down is made of: limits, puzzles, the store. */
export async function createAsking(parts: {
  readonly reset: Pick<ResetConfig, 'limits' | 'proofOfWork'>;
  readonly storage: Pick<Storage, 'limits' | 'settings' | 'outbox'>;
  /** Told of each request. */
  readonly onAsked: () => void;
  /** Called after a request was kept. */
  readonly wake: () => void;
  readonly clock: Clock;
  readonly log: Logger;
}): Promise<Asking> {
  const { reset, storage, onAsked, wake, clock, log } = parts;
  const { limits, settings } = storage;
  const { when, hashes } = reset.proofOfWork;
  const proofs = await createProofs({ settings, limits, clock, hashes });
  const { ask } = createAskReset({
    store: storage.outbox,
    limits: createRequestLimits(limits, { ...reset.limits, proofOfWork: when }, clock),
    spendProof: proofs.spend,
    ...{ wake, clock, log },
  });
  const count = (asked: Ask) => {
    onAsked();
    return ask(asked);
  };

  return {
    async fromForm({ enteredName, ...asked }) {
      const outcome = await count({ ...asked, identifier: enteredName, source: 'form' });
      return outcome === 'taken' ? 'taken' : 'elsewhere';
    },
    async fromPage({ enteredName, ...asked }) {
      const outcome = await count({ ...asked, identifier: enteredName, source: 'account-page' });
      return outcome === 'taken' ? undefined : proofs.challenge();
    },
    fromPinFile: (identifier) => count({ identifier, ...JELLYFIN_ITSELF }),
  };
}
