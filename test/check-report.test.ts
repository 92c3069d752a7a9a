import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findUnproved, type Report } from './requirements/check-report.ts';
import type { Row } from './requirements/row.ts';

const FOLDER = join(import.meta.dirname);

/** A report of tests given as file, title, how it ended, and the `describe` around it. */
function reportOf(
  ...tests: readonly (readonly [file: string, title: string, status: string, ...around: string[]])[]
): Report {
  return {
    testResults: tests.map(([file, title, status, ...ancestorTitles]) => ({
      name: join(FOLDER, `${file}.test.ts`),
      assertionResults: [{ title, ancestorTitles, status }],
    })),
  };
}

const rowOf = (file: string, title: string): Row[] => [{ id: 'X1', holds: 'something', by: [[file, title]] }];

describe('a row of security is proved', () => {
  it.each([
    ['by the test itself', 'is spent once', reportOf(['server/link', 'is spent once, and gone', 'passed'])],
    [
      'by all in a describe',
      'a link',
      reportOf(['server/link', 'is spent once', 'passed', 'a link of anna']),
    ],
    [
      'by each case of a table, whatever its title fills in',
      'refuses %j with $status after %d tries of 1,500',
      reportOf(
        ['server/link', 'refuses "a" with 401 after 7 tries of 20', 'passed'],
        ['server/link', 'refuses "b" with 403 after 7 tries of 20', 'passed'],
      ),
    ],
    [
      'though others of its file were skipped',
      'is spent',
      reportOf(['server/link', 'is spent', 'passed'], ['server/link', 'lasts', 'skipped']),
    ],
  ])('%s', (_, title, report) => {
    expect(findUnproved(rowOf('server/link', title), report, FOLDER)).toEqual([]);
  });

  it.each(['skipped', 'pending', 'todo', 'disabled', 'failed'])('by no test that is %s', (status) => {
    const report = reportOf(['server/link', 'is spent once', status]);
    expect(findUnproved(rowOf('server/link', 'is spent'), report, FOLDER)).toEqual([
      `X1: the proof "is spent" in server/link is ${status} (server/link: is spent once).`,
    ]);
  });

  it('by no table of which one case was skipped', () => {
    const report = reportOf(['server/link', 'takes 1', 'passed'], ['server/link', 'takes 2', 'skipped']);
    expect(findUnproved(rowOf('server/link', 'takes %d'), report, FOLDER)).toHaveLength(1);
  });

  it.each([
    ['of another file', reportOf(['server/pin', 'is spent once', 'passed'])],
    ['that begins otherwise', reportOf(['server/link', 'it is spent once', 'passed'])],
    ['at all', reportOf()],
  ])('by no test %s', (_, report) => {
    expect(findUnproved(rowOf('server/link', 'is spent once'), report, FOLDER)).toEqual([
      'X1: the proof "is spent once" in server/link did not run.',
    ]);
  });

  it('by a contract when it passed with every adapter', () => {
    const rows = rowOf('server/ports/links.contract', 'gives one');
    const sqlite = ['server/storage/sqlite', 'gives one of 50', 'passed'] as const;
    expect(findUnproved(rows, reportOf(sqlite), FOLDER)).toEqual([]);
    const report = reportOf(sqlite, ['server/storage/postgres', 'gives one of 50', 'skipped']);
    expect(findUnproved(rows, report, FOLDER)).toHaveLength(1);
  });

  it('by the run it was asked of only', () => {
    const isAsked = ([file]: readonly [string, string]) => !file.startsWith('faults/');
    expect(findUnproved(rowOf('faults/kill', 'C1: '), reportOf(), FOLDER, isAsked)).toEqual([]);
  });
});
