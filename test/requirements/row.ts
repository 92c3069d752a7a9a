/** A test: file below `test/` without `.test.ts`, and how its title begins. */
export type Proof = readonly [file: string, title: string];

/** A rule that the reset service is held to, and how we know. */
export interface Row {
  /** Where it comes from: `O…` OWASP Forgot Password Cheat Sheet, `N…` NIST SP 800-63B-4, else ASVS 5.0; `C…` faults. */
  readonly id: string;
  /** What holds, in our words. */
  readonly holds: string;
  /** The tests that fail when it does not. */
  readonly by?: readonly Proof[];
  /** Why there is nothing, or nothing more, to test. A row without `by` does not apply. */
  readonly because?: string;
}
