import type { ResetPort } from '../injector/proxy/reset-port.ts';
import type { ResetConfig } from './config/config.ts';
import type { Logger } from './log.ts';
import type { Clock } from './ports.ts';
import { createProofs } from './proof-of-work/proofs.ts';
import { type Ask, createAskReset } from './reset/ask-reset.ts';
import { createRequestLimits } from './reset/request-limits.ts';
import type { AskReset } from './routes/reset-requests.ts';
import type { Storage } from './storage/storage.ts';

/** The doors by which people ask for a message. */
export interface Asking {
  /** Jellyfin's form, which can solve no puzzle. */
  readonly fromForm: ResetPort['askReset'];
  /** Our own page. */
  readonly fromPage: AskReset;
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
