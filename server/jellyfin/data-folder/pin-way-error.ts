import type { SetPasswordFailure } from '../../ports.ts';

/** The way over a PIN file ends here, with what the port is to be told. */
export class PinWayError extends Error {
  override readonly name = 'PinWayError';
  readonly outcome: SetPasswordFailure;

  constructor(outcome: SetPasswordFailure) {
    super(`over a PIN file: ${outcome.kind}`);
    this.outcome = outcome;
  }
}
