/** How many messages an account may be sent between two times; those of a clock that was set back since do not count. */
export interface MessageLimit {
  readonly perAccount: number;
  readonly since: number;
  readonly until: number;
}

/** How many messages may count towards a key; counted where limits are (`Limits`), with the same windows. */
export interface MessageCount {
  readonly key: string;
  readonly points: number;
  readonly windowMs: number;
}
