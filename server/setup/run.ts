import type { Environment } from '../config/environment.ts';
import type { Ending, Questions } from './questions.ts';

/** What was said before anything is asked, by the names of the options of `gatehouse init`; each is undefined where it was not. */
export interface SaidInAdvance {
  readonly jellyfin?: string | undefined;
  /** The administrator who signs in; `none`: without a key. */
  readonly admin?: string | undefined;
  readonly 'admin-password-file'?: string | undefined;
  readonly 'quick-connect'?: boolean | undefined;
  readonly 'without-key'?: boolean | undefined;
  readonly 'data-folder'?: string | undefined;
  /** `no`: none. */
  readonly 'known-proxy'?: string | undefined;
  /** `yes` or `no`. */
  readonly 'restart-jellyfin'?: string | undefined;
  readonly mail?: string | undefined;
  readonly 'mail-user'?: string | undefined;
  readonly 'mail-password-file'?: string | undefined;
  readonly 'mail-from'?: string | undefined;
  readonly 'public-url'?: string | undefined;
  readonly contact?: string | undefined;
  readonly 'secrets-folder'?: string | undefined;
}

/** What is told at the end, a sentence each. */
export interface SetupNotes {
  readonly done: string[];
  readonly todo: string[];
}

/** One run through the steps: who answers, and what comes of it. */
export interface Run {
  readonly questions: Questions;
  readonly said: SaidInAdvance;
  readonly ending: Ending;
  /** Of the process, with credentials. */
  readonly environment: Environment;
  /** The address by which the person who answers reaches Gatehouse; undefined where it is not known. */
  readonly seenAt?: string | undefined;
  readonly notes: SetupNotes;
}
