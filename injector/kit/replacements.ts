import { isUtf8 } from 'node:buffer';
import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import { MAX_FILE_BYTES } from '../jellyfin/web-client.ts';

/** The kinds of files of the web client in which text may be replaced, with the ending of their names. */
export const REPLACED_KINDS = { script: 'js', style: 'css', text: 'json' } as const;

/** Text of the web client's files that is replaced, wherever it stands: files are found by what is in them. */
export interface Replacement {
  /** Exact text, as it stands in the file. */
  readonly find: string;
  /** What stands there afterwards, as it is: nothing in it has a meaning of its own. */
  readonly replace: string;
  /** How often `find` stands in a file that is changed, without overlap; all others stay as they are. */
  readonly count: number;
  readonly in: keyof typeof REPLACED_KINDS;
}

/** Most replacements of one entry of a mod, fewest and most characters of a text, and most places in one file. */
export const REPLACEMENT_LIMITS = {
  replacements: 50,
  leastCharacters: 4,
  characters: 10_000,
  count: 1_000,
} as const;

/** Text that UTF-8 has bytes for. */
function exactText() {
  return z
    .string()
    .max(REPLACEMENT_LIMITS.characters)
    .refine((text) => Buffer.from(text).toString() === text, {
      error: 'must be text; half of a character stands in no file',
    });
}

/** The option for one replacement. */
export function replacement() {
  return z
    .strictObject({
      find: exactText().min(REPLACEMENT_LIMITS.leastCharacters).meta({
        description:
          'The text as it stands in the file, letter for letter, on one line or several; 4 to 10,000 characters.',
      }),
      replace: exactText().meta({
        description: 'What stands there in its place, at most 10,000 characters; "" takes the text away.',
      }),
      count: z.int().min(1).max(REPLACEMENT_LIMITS.count).default(1).meta({
        description:
          'How often the text stands in a file; one where it stands more or less often stays as it is, and gatehouse check says so.',
      }),
      in: z.enum(['script', 'style', 'text']).default('script').meta({
        description:
          'The kind of file: script is .js, in which the texts of the languages are too, style is .css, text is .json.',
      }),
    })
    .refine(({ find, replace }) => find !== replace, {
      path: ['replace'],
      error: 'must be another text than find',
    });
}

/** The option for a list of them, as the hook `replacements` takes it. */
export function replacements() {
  return z.array(replacement()).min(1).max(REPLACEMENT_LIMITS.replacements);
}

/** What became of one replacement in one file. */
export interface Attempt {
  readonly replacement: Replacement;
  /** `other-count`: it stands there, but not as often as it says; `too-large`: the file would be over 8 MB. */
  readonly outcome: 'made' | 'absent' | 'other-count' | 'too-large';
  /** The file as it was for this replacement, with those before it made; true until the call returns. */
  readonly bytes: Buffer;
  /** Where the text begins in it; not all of them when there are more than `MAX_TRIES`. */
  readonly places: readonly number[];
}

/** How long it works in one go, in milliseconds; then others get their turn, as films do. */
const TURN_MS = 5;

/**
 * Makes the replacements in a file, one after the other. A file that is not UTF-8 stays as it is.
 *
 * Promises: takes time in proportion to the length of the file and the number of replacements, and holds up nobody for
 * longer than one of them takes; never throws.
 *
 * @param wanted Those for this kind of file.
 * @param onAttempt Told what became of each.
 * @returns the same bytes when nothing was replaced.
 */
export async function applyReplacements(
  original: Buffer,
  wanted: readonly Replacement[],
  onAttempt: (attempt: Attempt) => void = () => undefined,
): Promise<Buffer> {
  if (wanted.length === 0 || !isUtf8(original)) return original;
  let bytes = original;
  /** What `bytes` is in, and what is free: they take turns, since new memory costs more than looking through a large file. */
  let [used, free] = [NO_BYTES, NO_BYTES];
  let beganMs = performance.now();
  for (const one of wanted) {
    if (performance.now() - beganMs > TURN_MS) {
      await setImmediate();
      beganMs = performance.now();
    }
    const find = Buffer.from(one.find);
    const replace = Buffer.from(one.replace);
    const { places, isWhole } = placesOf(bytes, find);
    const size = bytes.length + places.length * (replace.length - find.length);
    const isRight = isWhole && places.length === one.count;
    const refused = size > MAX_FILE_BYTES ? 'too-large' : 'made';
    const outcome = isRight ? refused : places.length === 0 && isWhole ? 'absent' : 'other-count';
    onAttempt({ replacement: one, outcome, bytes, places });
    if (outcome !== 'made') continue;
    if (free.length < size) free = Buffer.allocUnsafeSlow(size + SPARE_BYTES);
    splice(bytes, free, places, find.length, replace);
    bytes = free.subarray(0, size);
    [used, free] = [free, used];
  }
  return bytes;
}

const NO_BYTES = Buffer.alloc(0);
/** How much a file may grow before it needs other memory, in bytes. */
const SPARE_BYTES = 16 * 1024;

/** Node finds up to 250 bytes in time in proportion to the text; longer ones are looked for by their beginning. */
const BEGINNING_BYTES = 200;
/** Most places where a text begins, or seems to, that are looked at in one file. */
const MAX_TRIES = 10_000;

function placesOf(bytes: Buffer, find: Buffer): { readonly places: number[]; readonly isWhole: boolean } {
  const beginning = find.subarray(0, BEGINNING_BYTES);
  const places: number[] = [];
  let from = 0;
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const at = bytes.indexOf(beginning, from);
    if (at === -1) return { places, isWhole: true };
    const isHere = find.length === beginning.length || bytes.subarray(at, at + find.length).equals(find);
    if (isHere) places.push(at);
    from = at + (isHere ? find.length : 1);
  }
  return { places, isWhole: false };
}

function splice(from: Buffer, to: Buffer, places: readonly number[], length: number, replace: Buffer): void {
  let read = 0;
  let written = 0;
  for (const at of places) {
    written += from.copy(to, written, read, at);
    written += replace.copy(to, written);
    read = at + length;
  }
  from.copy(to, written, read);
}
