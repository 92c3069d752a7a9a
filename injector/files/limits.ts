/** Limits of files that options of mods name; SECURITY.md tells them. */
export const FILE_LIMITS = {
  /** Of one file, wherever it comes from. */
  bytes: 8 * 1024 * 1024,
  /** Of all files of one configuration together. Those of the one before are kept too: twice as much is in memory at most. */
  bytesInAll: 64 * 1024 * 1024,
  /** Files of one configuration, those that styles name among them. */
  count: 300,
  /** Pictures in a folder that an option names. */
  picturesInFolder: 100,
  /** A style with all it imports, as one text. */
  styleBytes: 2 * 1024 * 1024,
  /** Styles that import one another, one below the other. */
  importDepth: 8,
  /** Answers that lead on to another address. */
  redirects: 5,
  /** One fetch, redirects included, in milliseconds. */
  fetchMs: 20_000,
  /** Fetches at the same time. */
  fetchesAtOnce: 6,
} as const;
