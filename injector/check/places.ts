import { ANCHORS, type Anchor, PAGES } from '../jellyfin/anchors.ts';
import type { JellyfinVersion } from '../jellyfin/versions.ts';
import { CSS_PIECE } from '../kit/css-pieces.ts';
import { modNameOf } from '../kit/entries.ts';
import type { TakingPart } from '../kit/plan.ts';

/** A place in the web client that a mod stands on: it is there when all words of one of the ways to find it are. */
export interface Place {
  /** For people: a selector, or what an anchor is called. */
  readonly name: string;
  readonly ways: readonly (readonly string[])[];
  /** An anchor or a page, which every version it is for has; rules of a stylesheet may be for other versions. */
  readonly isNeeded: boolean;
}

/** Class names and ids in a selector. `Mui…-root` is put together by the client from its first part. */
const WORD = /[.#]((?:[\w-]|\\.)+)/g;

/** What is ours: marks on `<html>`, classes of what mods insert, and what the client has on every page. */
const OWN = /^(?:gatehouse|gh-)|^layout-/;

/** The words by which a selector finds its place in the client's files; those of our own are not looked for. */
function wordsIn(selector: string, mod: string): string[] {
  return [...selector.matchAll(WORD)]
    .map(([, word = '']) => word.replace(/^(Mui\w+)-\w+$/, '$1'))
    .filter((word) => !OWN.test(word) && !word.startsWith(mod));
}

/**
 * The selectors of each rule of a stylesheet, at any depth; what stands in comments, strings and declarations is passed over.
 * Takes time in proportion to the length.
 */
export function selectorsIn(css: string): string[][] {
  const rules: string[][] = [];
  let head = '';
  let from = 0;
  for (const { 0: piece, index } of css.matchAll(CSS_PIECE)) {
    const isComment = piece.startsWith('/*');
    if (!isComment && !['{', '}', ';'].includes(piece)) continue;
    head += css.slice(from, index);
    from = index + piece.length;
    if (isComment) continue;
    const selectors = head.trim();
    if (piece === '{' && selectors !== '' && !selectors.startsWith('@')) rules.push(splitList(selectors));
    head = '';
  }
  return rules;
}

/** At the commas that are in no brackets. */
function splitList(head: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const character of head) {
    if (character === '(' || character === '[') depth += 1;
    if (character === ')' || character === ']') depth -= 1;
    if (character === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

/** One for each name that versions have for the same place. */
function waysTo(selector: string, mod: string): string[][] {
  return splitList(selector).map((one) => wordsIn(one, mod));
}

/**
 * The places an entry stands on: one for each rule of its stylesheet, and one for each anchor and page its part in the
 * browser names. A place that is not for the running version is left out.
 *
 * @param part Code of its part in the browser, as it was built; names of anchors stand in it as they are.
 */
export function placesOf(
  { mod, hooks }: Pick<TakingPart, 'mod' | 'hooks'>,
  part: string | undefined,
  version: JellyfinVersion | undefined,
): Place[] {
  const running = version === undefined ? undefined : `${version.major}.${version.minor}`;
  const name = modNameOf(mod);
  const rules = selectorsIn(hooks.css ?? '').flatMap((selectors): Place[] => {
    const ways = selectors.map((selector) => wordsIn(selector, name));
    return ways.some((words) => words.length === 0)
      ? []
      : [{ name: selectors.join(', '), ways, isNeeded: false }];
  });
  const isNamed = (word: string): boolean => part !== undefined && namesIn(part).has(word);
  const anchors = Object.entries(ANCHORS as Record<string, Anchor>).flatMap(
    ([anchor, { selector, only }]): Place[] => {
      const isForIt =
        running === undefined || only === undefined || (only as readonly string[]).includes(running);
      return isForIt && isNamed(anchor)
        ? [{ name: anchor, ways: waysTo(selector, name), isNeeded: true }]
        : [];
    },
  );
  const pages = Object.entries(PAGES).flatMap(([page, selector]): Place[] =>
    isNamed(page) ? [{ name: `the page ${page}`, ways: waysTo(selector, name), isNeeded: true }] : [],
  );
  return [...rules, ...anchors, ...pages];
}

/** Every text of a script that could be a name. */
function namesIn(code: string): Set<string> {
  return new Set([...code.matchAll(/["'`](\w{1,60})["'`]/g)].map(([, word = '']) => word));
}
