/** Values of this installation that are made once. */
export interface Settings {
  /** The value of the key; makes it when there is none. Of several processes at once, all get the same. */
  getOrCreate(key: string, make: () => string): Promise<string>;
}
