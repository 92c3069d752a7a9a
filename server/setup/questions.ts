import type { Finding } from '../doctor/finding.ts';

/** One thing to know. Its words are plain text without a question mark, and speak of no key and no button. */
export interface Question {
  readonly words: string;
  /** The option of the command line that answers it, as `--jellyfin`. */
  readonly flag: string;
  /** What that option says. */
  readonly given: string | undefined;
}

/** An answer that stands for itself, as `none`; each medium offers it in its own way. */
export interface OtherAnswer {
  /** What the answer is then; empty where it is nothing at all. */
  readonly answer: string;
  /** What it means, as `without a key`. */
  readonly means: string;
}

/** A question that is answered by a line of text. */
export interface TextQuestion extends Question {
  /** The default; undefined: there is none. */
  readonly fallback: string | undefined;
  /** @default none */
  readonly others?: readonly OtherAnswer[];
  /** Says what is wrong with an answer, as a sentence; it may look further than at the text. @default nothing ever is */
  readonly check?: (text: string) => string | undefined | Promise<string | undefined>;
}

/** A question for yes or no. */
export interface YesQuestion extends Question {
  readonly fallback: boolean;
}

/** A question for a secret, which is never shown and never on the command line. */
export interface SecretQuestion extends Question {
  /** The file it is the first line of. */
  readonly given: string | undefined;
  /** Where it is known already, and may stay as it is. */
  readonly fallback: string | undefined;
  /** Name of the variable that may hold it, for errors. */
  readonly variable: string;
}

/**
 * How answers are had: in advance, else from a person, else the default. Every method that asks rejects where the run is ended, or an
 * answer is missing or no good and nobody is there to ask.
 */
export interface Questions {
  /** Whether there is a person to ask. */
  readonly isAsking: boolean;
  /** Tells the person something, in a line. */
  tell(line: string): void;
  /** Tells the person what was found. */
  tellFinding(finding: Finding): void;
  text(question: TextQuestion): Promise<string>;
  yes(question: YesQuestion): Promise<boolean>;
  secret(question: SecretQuestion): Promise<string>;
}

/** How a run is ended before its time. */
export interface Ending {
  /** Aborted when it is; for what waits long. @default what waits is left behind */
  readonly signal?: AbortSignal;
  /** Brings work to its end although the run is ended meanwhile. */
  unbroken<T>(work: () => Promise<T>): Promise<T>;
  /** Waits for work, and rejects where the run is ended, so that what was begun can be made undone. */
  untilEnded<T>(work: () => Promise<T>): Promise<T>;
}

/** An answer is missing, and nobody is there to be asked; the message says how to give it. */
export class MissingAnswerError extends Error {
  override readonly name = 'MissingAnswerError';
}
