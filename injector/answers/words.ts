import type { Language } from '../kit/translations.ts';
import words from './words.json' with { type: 'json' };

/** Words of answers in one language, as plain text. */
export interface AnswerWords {
  /**
   * Shown behind Jellyfin's own sentence, by clients that do not run our script: web clients served elsewhere, apps,
   * televisions that know plain text only. So there is no markup in it.
   */
  readonly lookThere: string;
  /** True in every client; behind it stands the address. */
  readonly chooseNow: string;
  /** Titles of the page in Jellyfin's place; `{name}` is the server's. */
  readonly away: string;
  readonly starting: string;
  /** The first sentence below each title. */
  readonly whyAway: string;
  readonly whyStarting: string;
  readonly sentences: readonly string[];
}

/** Words of answers by language, as `words.json` beside this file has them. */
export const WORDS: Readonly<Record<Language, AnswerWords>> = words;
