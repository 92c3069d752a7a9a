import type { ProblemCode } from './call.ts';
import type { ProblemWords } from './strings/en.ts';

/** Tells in words why a call failed; codes that make no sense where the page stands count as faults of the server. */
export function problemWords(code: ProblemCode, problems: ProblemWords): string {
  return code in problems ? problems[code as keyof ProblemWords] : problems.internal;
}
