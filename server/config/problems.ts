/** One thing that is wrong with the configuration. */
export interface ConfigProblem {
  /** The file as it was named, or the environment variable the value came from. */
  readonly file: string;
  /** From 1; undefined when the problem has no place in a file. */
  readonly line: number | undefined;
  /** From 1, in UTF-16 units. */
  readonly column: number | undefined;
  /** Dotted path of the field, e.g. `mods.forgot-password.show`; empty for the file as a whole. */
  readonly path: string;
  /** What is wrong and the fix. Never holds a value that could be a secret. */
  readonly message: string;
}

/** A problem of a file as a whole. */
export function problemOfFile(file: string, message: string): ConfigProblem {
  return { file, line: undefined, column: undefined, path: '', message };
}

/** Sorts problems of one file by their place; those without one come last. */
export function inFileOrder(a: ConfigProblem, b: ConfigProblem): number {
  const last = Number.POSITIVE_INFINITY;
  if (a.line !== b.line) return (a.line ?? last) - (b.line ?? last);
  return (a.column ?? last) - (b.column ?? last);
}

/** The configuration cannot be used. Carries every problem at once; its message is all of them, one a line. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly code = 'config-refused';
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[]) {
    super(formatProblems(problems));
    this.problems = problems;
  }
}

/** The problems, one a line: `config.yaml:12:5 mods.forgot-password.show: sentence with the fix`. */
export function formatProblems(problems: readonly ConfigProblem[]): string {
  return problems
    .map(({ file, line, column, path, message }) => {
      const place = line === undefined ? file : `${file}:${line}:${column ?? 1}`;
      return path === '' ? `${place}: ${message}` : `${place} ${path}: ${message}`;
    })
    .join('\n');
}
