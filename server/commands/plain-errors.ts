import { ConfigError } from '../config/problems.ts';

/** The configuration is wrong. Source: sysexits.h, EX_CONFIG. */
export const EXIT_CONFIG = 78;
/** The command line is wrong. Source: sysexits.h, EX_USAGE. */
export const EXIT_USAGE = 64;

/** The command line is wrong; the message says how. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly code = 'usage';
}

/**
 * Runs a command and ends the process with plain sentences instead of a stack trace when it fails: 78 for the
 * configuration with all its problems, 64 for the command line, 1 for anything else.
 */
export async function withPlainErrors(run: () => Promise<void> | void): Promise<void> {
  try {
    await run();
  } catch (error) {
    process.stderr.write(`${describe(error)}\n`);
    // Not only exitCode: whatever was opened before the failure must not keep a broken program alive.
    process.exit(exitCodeOf(error));
  }
}

function describe(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return error instanceof ConfigError ? message : `gatehouse: ${message}`;
}

function exitCodeOf(error: unknown): number {
  if (error instanceof ConfigError) return EXIT_CONFIG;
  return error instanceof UsageError ? EXIT_USAGE : 1;
}
