import type { Language } from '../../injector/kit/translations.ts';

/** Tells people what happened to their account, over the outbox. */
export interface Notices {
  /**
   * Queues the message "your password was changed" to every contact of the account, on each of its channels. Resolves when it is kept durably.
   * Never throws: the password is changed already, so a notice that cannot be kept is logged only.
   */
  passwordChanged(userId: string, userName: string, language: Language): Promise<void>;
}
