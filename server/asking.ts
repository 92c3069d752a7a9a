import type { ResetPort } from '../injector/proxy/reset-port.ts';
import type { ResetConfig } from './config/config.ts';
import type { Logger } from './log.ts';
import type { Clock } from './ports.ts';
import { createProofs } from './proof-of-work/proofs.ts';
import { type Ask, createAskReset } from './reset/ask-reset.ts';
import { createRequestLimits } from './reset/request-limits.ts';
import type { AskReset } from './routes/reset-requests.ts';
import type { Storage } from './storage/storage.ts';

/** The two doors by which people ask for a message. */
export interface Asking {
  /** Jellyfin's form, which can solve no puzzle. */
  readonly fromForm: ResetPort['askReset'];
  /** Our own page. */
  readonly fromPage: AskReset;
}

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
  };
}
