import type { Log } from './log.ts';

/** A mod that takes no part in something. */
export interface ModFailure {
  readonly mod: string;
  /** Which part failed: `jellyfin` (its version range), `hooks`, `files`, `client`, `html`, `json …`. */
  readonly hook: string;
  readonly error: unknown;
}

/** Told once per failure. */
export type OnModFailure = (failure: ModFailure) => void;

/** Keeps which mods failed, and tells the log. */
export interface ModFailures {
  readonly note: OnModFailure;
  /** Why a mod takes no part, or not in everything: one line; undefined when it does. */
  leftOut(mod: string): string | undefined;
  /** Another configuration, or another Jellyfin: what failed may not fail again. */
  forget(): void;
}

/** Makes an empty record of failures. Each failure is logged once: a broken mod would otherwise fill the log with every page. */
export function createModFailures(log: Log): ModFailures {
  const logged = new Set<string>();
  const reasons = new Map<string, string>();
  return {
    note({ mod, hook, error }) {
      const message = error instanceof Error ? error.message : String(error);
      reasons.set(mod, `${hook}: ${message.split('\n', 1)[0]}`);
      const key = `${mod} ${hook} ${String(error)}`;
      if (logged.has(key)) return;
      logged.add(key);
      log.error({ event: 'mod-left-out', mod, hook, error: String(error) });
    },
    leftOut: (mod) => reasons.get(mod),
    forget() {
      logged.clear();
      reasons.clear();
    },
  };
}
