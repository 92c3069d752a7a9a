import type { EndState } from './outbox-store.ts';

/** What became of one try of a row. `isUnproven`: it ended before the other side was asked, and says nothing of it. */
export type Verdict =
  /** Nothing is left to do; the row is ended with this state. */
  | { readonly kind: 'end'; readonly state: EndState; readonly reason?: string; readonly isUnproven?: true }
  /** Nothing is left to do, and the row was ended in the course of the work. */
  | { readonly kind: 'ended' }
  /** This row has to wait. */
  | { readonly kind: 'delay'; readonly reason: string; readonly isUnproven?: true }
  /** The whole lane has to wait. */
  | { readonly kind: 'stall'; readonly reason: string };
