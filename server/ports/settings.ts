/** Values of this installation that are made once, and a few that administrators set. */
export interface Settings {
  /** The value of the key; makes it when there is none. Of several processes at once, all get the same. */
  getOrCreate(key: string, make: () => string): Promise<string>;
  /** Puts a value in the place of what there was, if anything. */
  set(key: string, value: string): Promise<void>;
}
