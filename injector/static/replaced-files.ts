import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { createCoalescing } from '../http/coalesce.ts';
import { filterHeaders } from '../http/raw-headers.ts';
import { hashOf } from '../http/representation.ts';
import { applyReplacements, REPLACED_KINDS, type Replacement } from '../kit/replacements.ts';
import type { Bodies, KeptFile } from './bodies.ts';

/** Kept files as replacements change them: each is changed once, and kept beside what Jellyfin has. */
export interface ReplacedFiles {
  /** Puts replacements into force, in their order; the same ones as before change nothing. */
  use(replacements: readonly Replacement[]): void;
  /**
   * What goes out in place of a file of Jellyfin's: the same one where nothing in it is replaced. Undefined when its bytes
   * are gone. Never throws.
   */
  of(file: KeptFile): Promise<KeptFile | undefined>;
  /** The same, as far as it is known; undefined while nobody has asked `of` for these bytes. */
  known(file: KeptFile): KeptFile | undefined;
  /** The bytes of what went out in place of a file are gone: they are made anew. */
  forget(file: KeptFile): void;
  /** Changes with the replacements in force. */
  id(): string;
}

/**
 * Makes it with no replacements in force.
 *
 * @param maxFiles How many files are known.
 * @param onChange Told when what goes out of any file may be another.
 */
export function createReplacedFiles(bodies: Bodies, maxFiles: number, onChange: () => void): ReplacedFiles {
  let id = '';
  let all: readonly Replacement[] = [];
  const known = new LRUCache<string, KeptFile>({ max: maxFiles });
  const oncePerKey = createCoalescing<string, KeptFile | undefined>();

  const keyOf = (file: KeptFile): string => `${id}\n${file.path}\n${file.hash}`;
  const mineOf = ({ extension }: KeptFile): readonly Replacement[] =>
    all.length === 0 ? all : all.filter((one) => REPLACED_KINDS[one.in] === extension);

  async function make(
    file: KeptFile,
    mine: readonly Replacement[],
    key: string,
  ): Promise<KeptFile | undefined> {
    const path = `${file.path}?replaced-${id}`;
    const plain = await bodies.get(file, 'identity');
    if (plain === undefined) return undefined;
    const bytes = await applyReplacements(plain, mine);
    const hash = bytes === plain ? file.hash : hashOf(bytes);
    if (hash === file.hash) {
      known.set(key, file);
      return file;
    }
    // When Jellyfin's file was changed says nothing of these bytes.
    const headers = filterHeaders(file.headers, (name) => name !== 'last-modified');
    const replaced = { ...file, path, hash, headers };
    void bodies.set(replaced, 'identity', bytes);
    known.set(key, replaced);
    onChange();
    return replaced;
  }

  return {
    use(replacements) {
      const wanted =
        replacements.length === 0
          ? ''
          : createHash('sha256').update(JSON.stringify(replacements)).digest('base64url').slice(0, 22);
      if (wanted === id) return;
      id = wanted;
      all = replacements;
      known.clear();
      onChange();
    },
    of(file) {
      const mine = mineOf(file);
      if (mine.length === 0) return Promise.resolve(file);
      const key = keyOf(file);
      const found = known.get(key);
      return found === undefined ? oncePerKey(key, () => make(file, mine, key)) : Promise.resolve(found);
    },
    known: (file) => (mineOf(file).length === 0 ? file : known.get(keyOf(file))),
    forget: (file) => void known.delete(keyOf(file)),
    id: () => id,
  };
}
