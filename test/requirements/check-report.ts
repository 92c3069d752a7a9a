/**
 * Requires that the tests which prove the rows of security passed in the run that has just ended, by vitest's report:
 * `node test/requirements/check-report.ts` after the everyday tests, `node test/requirements/check-report.ts faults` after those of
 * `test/faults`. A test that was skipped, or did not run, proves nothing.
 */
import { readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { ALL_ROWS } from './all-rows.ts';
import type { Proof, Row } from './row.ts';

const ROOT = join(import.meta.dirname, '../..');

interface ReportedTest {
  readonly title: string;
  /** Titles of the `describe` it stands in, outermost first. */
  readonly ancestorTitles: readonly string[];
  /** `passed`, `failed`, `skipped`, `pending`, `todo` or `disabled`. */
  readonly status: string;
}

/** Of what vitest's reporter `json` writes, the part that counts here. */
export interface Report {
  readonly testResults: readonly {
    /** Absolute path of the file. */
    readonly name: string;
    readonly assertionResults: readonly ReportedTest[];
  }[];
}

/**
 * Finds the proofs that a run does not give.
 *
 * @param testFolder Absolute path of `test/`.
 * @param isAsked Which proofs the run should have given.
 * @returns one sentence for each, in the order of the rows; none when all is proved.
 */
export function findUnproved(
  rows: readonly Row[],
  { testResults }: Report,
  testFolder: string,
  isAsked: (proof: Proof) => boolean = () => true,
): string[] {
  const tests = testResults.flatMap(({ name, assertionResults }) => {
    const file = relative(testFolder, name).replaceAll(sep, '/').replace('.test.ts', '');
    return assertionResults.map((test) => ({ file, ...test }));
  });
  return rows.flatMap(({ id, by = [] }) =>
    by.filter(isAsked).flatMap(([file, title]) => {
      const isMeant = beginningWith(title);
      // A contract is run by the tests of each adapter, under their names.
      const meant = tests.filter((test) => (isContract(file) || test.file === file) && isMeant(test));
      const other = meant.find(({ status }) => status !== 'passed');
      if (meant.length > 0 && other === undefined) return [];
      const what = other === undefined ? 'did not run' : `is ${other.status} (${other.file}: ${other.title})`;
      return [`${id}: the proof "${title}" in ${file} ${what}.`];
    }),
  );
}

const isContract = (file: string): boolean => file.endsWith('.contract');

/** What a title of `it.each` or a template fills in, and numbers: how often something is tried is no part of a proof. */
const FILLED_IN = /%[a-z#]|\$\{[^{}]*\}|\$[\w.]*|\d[\d,]*/;

/** Tells whether the title of a test, or of a `describe` it stands in, begins as a row says. */
function beginningWith(begin: string): (test: ReportedTest) => boolean {
  const [first = '', ...others] = begin.split(FILLED_IN);
  function isSo(title: string): boolean {
    if (!title.startsWith(first)) return false;
    let end = first.length;
    return others.every((part) => {
      const at = title.indexOf(part, end);
      end = at + part.length;
      return at >= 0;
    });
  }
  return ({ title, ancestorTitles }) => [title, ...ancestorTitles].some(isSo);
}

if (import.meta.main) {
  const [which = 'everyday'] = process.argv.slice(2);
  const report = JSON.parse(readFileSync(join(ROOT, '.test-results.json'), 'utf8')) as Report;
  const isAsked = ([file]: Proof): boolean => file.startsWith('faults/') === (which === 'faults');
  const unproved = findUnproved(ALL_ROWS, report, join(ROOT, 'test'), isAsked);
  process.stdout.write(
    unproved.length === 0
      ? 'Every test that proves a row of security passed.\n'
      : `${unproved.join('\n')}\nA row of security is proved by tests that passed only: mend these, or the rows in test/requirements/.\n`,
  );
  process.exitCode = unproved.length === 0 ? 0 : 1;
}
