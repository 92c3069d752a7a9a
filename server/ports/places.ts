/** Counts what is under way at this moment, over all processes on one storage. */
export interface Places {
  /**
   * Takes one of the key's places, if there is one, until it is left or that time: what a process that died held is free
   * then. One atomic step: of those who ask at once, in whatever processes, no more get a place than there are.
   *
   * @returns how many are taken, with this one; undefined when there was none.
   */
  take(
    key: string,
    place: { readonly holder: string; readonly most: number; readonly until: number },
    now: number,
  ): Promise<number | undefined>;
  /** Leaves a place of the key: that of a holder, or the one that was taken first. */
  leave(key: string, holder?: string): Promise<void>;
}
