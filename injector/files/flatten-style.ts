import { replaceAddresses, unescapeCss } from '../kit/css-addresses.ts';
import { splitImports } from '../kit/stylesheet.ts';
import { closeCss } from './close-css.ts';
import { FileFaultError } from './file-fault.ts';
import { FILE_LIMITS } from './limits.ts';
import { expectText, recognize } from './media-kind.ts';
import { expectTextName, nameOf, type Place, resolvePlace } from './places.ts';
import type { Publisher } from './publisher.ts';

/** Bytes of a file, and where they were in the end, as redirects may lead on. */
export interface FoundFile {
  readonly bytes: Buffer;
  readonly place: Place;
}

/**
 * Gives the bytes of a place; undefined when nobody wants to know now, or there surely is nothing where a style leads to.
 *
 * @param isPart Whether a style names it, and not an option.
 * @throws {FileFaultError} when it cannot be had.
 */
export type ReadPlace = (place: Place, isPart?: boolean) => Promise<FoundFile | undefined>;

/** What stands where an address leads to nothing that browsers could show. */
const NOTHING = 'data:,';

/** A name, or the name of a rule, escapes among its characters; and whether it opens a bracket. */
const NAME = /(@?(?:[\w-]|\\[0-9a-f]{1,6}\s?|\\[^0-9a-f\n])+)(\(?)/gi;
const HOLDS_ADDRESS = /^(?:@import|url|src|(?:-webkit-)?image-set)$/i;

/** What we would not see, browsers would. @throws {FileFaultError} when a style writes `url(` or the like with escapes. */
function refuseHiddenAddresses(css: string): void {
  for (const [, name = '', bracket] of css.matchAll(NAME)) {
    const isRule = name.startsWith('@') || name.startsWith('\\');
    if (!name.includes('\\') || (bracket === '' && !isRule)) continue;
    if (HOLDS_ADDRESS.test(unescapeCss(name)))
      throw new FileFaultError('writes url( or @import with escapes; write them plainly');
  }
}

/**
 * Makes one text of a style with everything it imports; each picture and font it names is published, and named as seen
 * from the page. No address of anybody else is left in it.
 *
 * @throws {FileFaultError} when a part of it cannot be had, or it is too large.
 */
export async function flattenStyle(start: FoundFile, read: ReadPlace, publisher: Publisher): Promise<string> {
  const budget = { imports: FILE_LIMITS.count, bytes: FILE_LIMITS.styleBytes };
  return await flatten(start, []);

  async function flatten({ bytes, place }: FoundFile, above: readonly string[]): Promise<string> {
    budget.bytes -= bytes.length;
    if (budget.bytes < 0)
      throw new FileFaultError(
        `is larger than ${FILE_LIMITS.styleBytes / 1024 / 1024} MB with all it imports; leave parts of it out`,
      );
    const css = expectText(bytes);
    refuseHiddenAddresses(css);
    const { imports, rules } = splitImports(css);
    const here = [...above, nameOf(place)];
    const heads = await Promise.all(
      imports.map(async ({ address, before, text, wrap }) => {
        const inner = await about(address, place, async (target) => {
          if (here.includes(nameOf(target))) return '';
          if (here.length > FILE_LIMITS.importDepth)
            throw new FileFaultError(
              `stands ${here.length} imports deep, and ${FILE_LIMITS.importDepth} are most`,
            );
          expectTextName(target, 'style');
          budget.imports -= 1;
          if (budget.imports < 0)
            throw new FileFaultError(`is one import too many: at most ${FILE_LIMITS.count} in one style`);
          const found = await read(target, true);
          return found === undefined ? '' : await flatten(found, here);
        });
        // What is Jellyfin's own, or holds its rules itself, stays an import: at the head, where browsers want it.
        if (inner === undefined) return { kept: above.length === 0 ? text : '', rules: before };
        return { kept: '', rules: inner === '' || inner === NOTHING ? before : `${before}\n${wrap(inner)}` };
      }),
    );
    const body = await withServedAddresses(rules, place);
    const parts = [...heads.map(({ kept }) => kept), ...heads.map((head) => head.rules), body];
    return closeCss(
      parts
        .map((part) => part.trim())
        .filter((part) => part !== '')
        .join('\n'),
    );
  }

  async function withServedAddresses(rules: string, base: Place): Promise<string> {
    const names = new Set<string>();
    replaceAddresses(rules, (address) => void names.add(address));
    const served = new Map<string, string | undefined>();
    await Promise.all([...names].map(async (address) => served.set(address, await serve(address, base))));
    return replaceAddresses(rules, (address) => served.get(address));
  }

  /** The address to write in its place; undefined: it stays. */
  async function serve(address: string, base: Place): Promise<string | undefined> {
    let fragment = '';
    const href = await about(address, base, async (place, rest) => {
      fragment = rest;
      const found = await read(place, true);
      if (found === undefined) return NOTHING;
      const media = recognize(found.bytes);
      // Such as .eot, for browsers that nobody has any more.
      if (media === undefined && 'web' in place) return NOTHING;
      if (media === undefined)
        throw new FileFaultError(
          'is neither a picture nor a font that browsers know; and @import works only before all rules',
        );
      return publisher.publish(found.bytes, media);
    });
    return href === undefined || href === NOTHING ? href : `${href}${fragment}`;
  }

  /** Works on what an address leads to; undefined: it means the same wherever it stands. */
  async function about(
    address: string,
    base: Place,
    work: (place: Place, fragment: string) => Promise<string>,
  ): Promise<string | undefined> {
    try {
      const target = resolvePlace(address, base);
      if (target === 'stays') return undefined;
      return target === 'nowhere' ? NOTHING : await work(target.place, target.fragment);
    } catch (error) {
      if (!(error instanceof FileFaultError)) throw error;
      const { message, isPassing } = error;
      // Told from the outside in: a names b, which names c, which …
      throw new FileFaultError(`names ${shortened(address)}, which ${message}`, isPassing);
    }
  }
}

/** Enough of an address to know it by. */
const shortened = (address: string): string => (address.length > 200 ? `${address.slice(0, 200)}…` : address);
