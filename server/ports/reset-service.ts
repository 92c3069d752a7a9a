import type { ResetPort } from '../../injector/answers/reset-port.ts';

/** A reset service as it is seen from where it is asked: its own report, or that it cannot be asked. */
export type ResetStatus = ResetReport | { readonly storage: 'unreachable' };

/** One value of one counter. */
export interface EventCount {
  readonly counter: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Numbers since the start of the service. */
export interface ResetCounts {
  readonly asked: number;
  readonly sent: number;
  readonly failed: number;
}

/** How the reset service is. Names nobody. */
export interface ResetReport {
  readonly storage: 'open' | 'unavailable';
  /** Rows that wait, and rows that were given up. */
  readonly outbox: { readonly waiting: number; readonly dead: number };
  /** How long the oldest of them has waited; 0 when none waits. */
  readonly oldestWaitingMs: number;
  /** How often what happened, since the start; for the metrics. */
  readonly events: readonly EventCount[];
  /** By channel that is set up: when a message last went out, and when one last did not; null when never since the start. ISO 8601. */
  readonly channels: {
    readonly [channel: string]: { readonly lastOk: string | null; readonly lastFailure: string | null };
  };
  /** Since the start: asked for, sent, and tries to send that failed. */
  readonly counts: ResetCounts;
}

/** A reset service, run by this process or by another one. */
export interface RunningResetService extends ResetPort {
  report(): Promise<ResetStatus>;
  /**
   * Takes up no more work in the background and gives back what it holds, so that another process goes on with it at once;
   * requests are still answered. Idempotent. Left out: it has none.
   *
   * @param graceMs How long what is under way may take. @default 10 s
   */
  endWork?(graceMs?: number): Promise<void>;
  close(): Promise<void>;
}
