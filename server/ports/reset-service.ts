import type { ResetReport } from '../health/reset-counters.ts';

/** A reset service as it is seen from where it is asked: its own report, or that it cannot be asked. */
export type ResetSight = ResetReport | { readonly storage: 'unreachable' };
