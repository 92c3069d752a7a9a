/** The contacts a message may go to, one after the other, until one of their channels takes it. */
export interface Route {
  /** Ids of contacts, in the order in which they are tried: those the account had when it was asked for, and no later ones. */
  readonly contacts: readonly string[];
  /** Those that were tried in vain since all of them were. */
  readonly failed: readonly string[];
  /** Those that will never take this message. */
  readonly refused: readonly string[];
  /** How often all of them were tried in vain. */
  readonly round: number;
}
