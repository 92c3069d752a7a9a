/**
 * Wall clock; tests hold it still. In every port times are milliseconds since 1970, as `now` says them, and durations
 * end in `Ms`.
 */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
}
