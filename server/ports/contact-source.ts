import type { ChannelName } from './contacts.ts';

/** One address of one person, as another program or a file says it: nothing of it is believed yet. */
export interface FoundContact {
  /** Which row it is from: a line of a file from 1, or the number that the other program gave the person. */
  readonly row: number;
  /** Jellyfin's id of the account, with or without dashes. */
  readonly jellyfinId?: string | undefined;
  /** The user name in Jellyfin. */
  readonly name?: string | undefined;
  readonly channel: ChannelName;
  /** As it stands there; empty for a person without one. An id, never a display name. */
  readonly address: string;
  /** The person wants no messages over this channel. @default false */
  readonly isOptedOut?: boolean;
}

/** A row that cannot be read. */
export interface RowFault {
  readonly row: number;
  /** What is wrong and what to do, without an address. */
  readonly fault: string;
}

/** What a source gives for a row; a person with several addresses is several of them with the same number. */
export type SourceRow = FoundContact | RowFault;

/** Where contacts come from. */
export interface ContactSource {
  /** What it is called before the number of a row, e.g. `people.csv`, `seerr.example.org`: no user, no password. */
  readonly place: string;
  /** What a row is called: `line 3`, `user 12`. */
  readonly rowWord: 'line' | 'user' | 'entry';
  /**
   * Reads all of it, each time from its beginning and in the same order as long as nobody changes it. Holds a few rows at a
   * time, so that memory does not grow with their number; what was opened for it is closed when the reading ends.
   *
   * @throws {SourceError} where there is nothing of the kind; rows before that were given.
   */
  read(): AsyncIterable<SourceRow>;
  /** How much of it was read so far, from 0 to 1; undefined where nobody knows how much there is. */
  share(): number | undefined;
}

/** A source cannot be read; the message is one sentence with the fix where one is known: no secret, no whole address. */
export class SourceError extends Error {
  override readonly name = 'SourceError';
}
