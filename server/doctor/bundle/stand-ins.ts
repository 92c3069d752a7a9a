/** What a value is, and so what stands in its place: `secret-1`, `name-2`, `host-3`. */
export type Kind = 'secret' | 'name' | 'address' | 'user-id' | 'host' | 'ip' | 'path' | 'text';

/** Puts the same stand-in for the same value, wherever it stands. */
export interface StandIns {
  /** The stand-in of a value, letter case aside. */
  of(kind: Kind, value: string): string;
  /** Takes these values out of every text from now on, wherever they stand as a word of their own. */
  hide(kind: Kind, values: Iterable<string>): void;
  /** A text with stand-ins for all that is hidden, and for what looks like an address, a host, an id or a key. */
  clean(text: string): string;
}

/** Words that are no names of hosts, whatever dots are in them: files, and fields of the configuration. */
const FILE = /\.(?:ya?ml|db|json|html?|csv|md|js|ts|css|png|jpe?g|pem|log|xml|txt|conf|service|sock)$/i;

// What each begins with stands where nothing of the kind stands before it, so that no text is read twice.
const PATTERNS: readonly (readonly [Kind, RegExp])[] = [
  ['address', /(?<![^\s<>"'(),;:/@=])[^\s<>"'(),;:/@=]+@[^\s<>"'(),;:/@]+/g],
  // Matrix.
  ['address', /(?<![\w@])@[\w.=/+-]{1,200}:[\w.-]{1,200}/g],
  ['user-id', /(?<![\w-])[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}(?![\w-])/gi],
  ['user-id', /(?<![\w-])[0-9a-f]{32}(?![\w-])/gi],
  ['secret', /(?<![\w-])(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[\w-]{24,}(?![\w-])/g],
  ['ip', /(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w]|\.\d)/g],
  ['ip', /(?<![\w:])(?=[0-9a-f:]*:[0-9a-f]*:)[0-9a-f:]{3,39}(?:%\w+)?(?![\w:])/gi],
  ['path', /(?<![\w.:/\\~])~?\/[^\s/"'<>()|,;]+\/[^\s"'<>()|,;]+/g],
  ['path', /(?<!\w)[A-Za-z]:\\[^\s"'<>|]+/g],
  ['host', /(?<![\w.-])(?:[\p{L}\p{N}_-]{1,63}\.)+[\p{L}][\p{L}\p{N}-]{1,62}(?![\w-]|\.\w)/gu],
  // Numbers of telephones, and of people and chats.
  ['address', /(?<![\w.+-])[+-]?\d{7,15}(?![\w.])/g],
];

/** Values of fewer signs are in too many words; they are kept from nobody by leaving them. */
const FEWEST_SIGNS = 2;

/**
 * Makes stand-ins, none yet.
 *
 * @param parts.isSetting Whether a word with dots begins as a field of the configuration does, such as `public.url`.
 */
export function createStandIns({ isSetting }: { readonly isSetting: (first: string) => boolean }): StandIns {
  const given = new Map<string, string>();
  const counts = new Map<Kind, number>();
  const hidden = new Map<string, Kind>();
  let words: RegExp | undefined;

  function of(kind: Kind, value: string): string {
    const key = value.normalize('NFC').toLowerCase();
    const had = given.get(key);
    if (had !== undefined) return had;
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    const standIn = `${kind}-${count}`;
    given.set(key, standIn);
    return standIn;
  }

  function mayStay(kind: Kind, found: string): boolean {
    if (kind === 'host') return FILE.test(found) || isSetting(found.slice(0, found.indexOf('.')));
    // This machine, and all of them.
    return kind === 'ip' && /^(?:127\.0\.0\.1|0\.0\.0\.0|::1?)$/.test(found);
  }

  return {
    of,
    hide(kind, values) {
      for (const value of values) {
        const plain = value.normalize('NFC').trim().toLowerCase();
        for (const form of [
          plain,
          encodeURIComponent(plain).toLowerCase(),
          JSON.stringify(plain).slice(1, -1),
        ])
          if ([...form].length >= FEWEST_SIGNS && !hidden.has(form)) {
            hidden.set(form, kind);
            given.set(form, of(kind, plain));
          }
      }
      // Longest first: one that holds another goes as a whole.
      const forms = [...hidden.keys()]
        .sort((a, b) => b.length - a.length)
        .map((form) => form.replace(/[\^$\\.*+?()[\]{}|/]/g, '\\$&'));
      words = new RegExp(`(?<![\\p{L}\\p{N}])(?:${forms.join('|')})(?![\\p{L}\\p{N}])`, 'giu');
    },
    clean(text) {
      let clean = text.normalize('NFC');
      // In parts, so that no stand-in is taken for what stood there.
      if (words !== undefined && hidden.size > 0)
        clean = clean.replace(words, (found) => of(hidden.get(found.toLowerCase()) ?? 'text', found));
      for (const [kind, pattern] of PATTERNS)
        clean = clean.replace(pattern, (found) => (mayStay(kind, found) ? found : of(kind, found)));
      return clean;
    },
  };
}
