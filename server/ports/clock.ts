/** Wall clock; tests hold it still. */
export interface Clock {
  now(): number;
}
