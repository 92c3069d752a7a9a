import { describe, expect, it } from 'vitest';
import { judge, type Question, spreadOf } from './verdict.ts';

const question = (results: readonly number[], target: Question['target'], impossible?: number) =>
  judge({
    ...{ measure: 'row', nginx: [], gatehouse: results, results, target },
    ...(impossible === undefined ? {} : { impossible }),
  }).verdict;

describe('the verdict of a bench row', () => {
  it('is what the rounds say when the target is clear of them', () => {
    expect(question([60, 70, 75, 72, 68], { atMost: 80 })).toBe('met');
    expect(question([90, 95, 119, 92, 99], { atMost: 80 })).toBe('NOT MET');
    expect(question([3.1, 3.2, 3.3, 3.2, 3.4], { atLeast: 3 })).toBe('met');
    expect(question([2.5, 2.4, 2.6, 2.7, 2.5], { atLeast: 3 })).toBe('NOT MET');
  });

  it('is undecided when the spread covers the target, on whichever side the median is', () => {
    expect(question([2.5, 2.9, 3.1, 3.3, 3.4], { atLeast: 3 })).toBe('undecided');
    expect(question([2.5, 2.6, 2.8, 3.1, 3.4], { atLeast: 3 })).toBe('undecided');
    expect(question([70, 75, 79, 81, 90], { atMost: 80 })).toBe('undecided');
  });

  it('does not hang on one lost round in five', () => {
    expect(question([60, 70, 75, 72, 400], { atMost: 80 })).toBe('met');
    expect(question([90, 95, 1, 92, 99], { atMost: 80 })).toBe('NOT MET');
  });

  it('is never met by a cost that cannot be: its base was taken wrongly', () => {
    expect(question([-15, -15, -15, -15, -15], { atMost: 80 }, 0)).toBe('undecided');
    expect(question([70, 71, -15, 72, 70], { atMost: 80 }, 0)).toBe('undecided');
    expect(question([0, 0, 0, 0, 0], { atMost: 80 }, 0)).toBe('undecided');
  });

  it('is undecided when nothing was measured, or no number', () => {
    expect(question([], { atMost: 80 })).toBe('undecided');
    expect(question([Number.NaN, 1, 1, 1, 1], { atMost: 80 })).toBe('undecided');
    expect(question([1 / 0], { atLeast: 3 })).toBe('undecided');
  });

  it('believes a growth below nothing, which memory that is given back has', () => {
    expect(question([-3, -2, 1, 0, -1], { atMost: 5 })).toBe('met');
  });

  it('takes the exact target for met, and one round for what it says', () => {
    expect(question([0], { atMost: 0 })).toBe('met');
    expect(question([1], { atMost: 0 })).toBe('NOT MET');
  });
});

describe('the spread of a bench row', () => {
  it('leaves out the best and the worst of five, and nothing of fewer', () => {
    expect(spreadOf([5, 1, 4, 2, 3])).toEqual({ median: 3, low: 2, high: 4 });
    expect(spreadOf([3, 1, 2])).toEqual({ median: 2, low: 1, high: 3 });
    expect(spreadOf([7])).toEqual({ median: 7, low: 7, high: 7 });
  });
});
