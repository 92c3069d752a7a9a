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
  // Told apart from sentences in `mayStay`.
  ['host', /(?<![\p{L}\p{N}_.-])[\p{L}\p{N}_-][\p{L}\p{N}_.-]*[\p{L}\p{N}]/gu],
  // Numbers of telephones, and of people and chats.
  ['address', /(?<![\w.+-])[+-]?\d{7,15}(?![\w.])/g],
];

/** Whether it has two labels at least, and the last begins as that of a host does: `3.14` is none. Source: RFC 1123 2.1. */
function isHostName(found: string): boolean {
  const labels = found.split('.');
  const last = labels.at(-1) ?? '';
  const areLabels = labels.every((label) => label.length > 0 && label.length <= MOST_LABEL_SIGNS);
  return areLabels && labels.length > 1 && last.length > 1 && /^\p{L}/u.test(last);
}

const MOST_LABEL_SIGNS = 63;

/** Texts that are to be found as words of their own. */
interface HiddenWords {
  /** False when it is among them already, letter case aside. */
  add(word: string, kind: Kind): boolean;
  /** A text with each of them replaced, of two at one place the longer; letter case aside. */
  replace(text: string, standIn: (kind: Kind, found: string) => string): string;
}

/**
 * Makes it, without any. Each place of a text is compared with the words that begin with the same sign, so the time grows with the
 * length of the text and no pattern is made of what somebody else wrote.
 */
function createHiddenWords(): HiddenWords {
  const kinds = new Map<string, Kind>();
  /** By their first sign, the longest first. */
  const words = new Map<string, string[]>();

  function add(word: string, kind: Kind): boolean {
    const key = word.toLowerCase();
    if (kinds.has(key)) return false;
    kinds.set(key, kind);
    const [first = ''] = key;
    // What has another length in small letters is compared in those it came in, too.
    const forms = key.length === word.length ? [key] : [key, word];
    words.set(
      first,
      [...(words.get(first) ?? []), ...forms].sort((one, other) => other.length - one.length),
    );
    return true;
  }

  /** The longest of them that stands there, as a word of its own. */
  function findAt(text: string, at: number, sign: string): string | undefined {
    const [first = ''] = sign.toLowerCase();
    return words.get(first)?.flatMap((word) => {
      const found = text.slice(at, at + word.length);
      const next = text.codePointAt(at + word.length);
      const isWhole = next === undefined || !WORD_SIGN.test(String.fromCodePoint(next));
      return isWhole && found.toLowerCase() === word.toLowerCase() ? found : [];
    })[0];
  }

  return {
    add,
    replace(text, standIn) {
      let clean = '';
      let isInWord = false;
      for (let at = 0; at < text.length; ) {
        const sign = String.fromCodePoint(text.codePointAt(at) ?? 0);
        const found = isInWord ? undefined : findAt(text, at, sign);
        const taken = found ?? sign;
        const kind = found === undefined ? undefined : kinds.get(found.toLowerCase());
        clean += found === undefined ? sign : standIn(kind ?? 'text', found);
        isInWord = WORD_SIGN.test([...taken].at(-1) ?? '');
        at += taken.length;
      }
      return clean;
    },
  };
}

const WORD_SIGN = /[\p{L}\p{N}]/u;

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
  const hidden = createHiddenWords();

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
    if (kind === 'host')
      return !isHostName(found) || FILE.test(found) || isSetting(found.slice(0, found.indexOf('.')));
    // This machine, and all of them.
    return kind === 'ip' && /^(?:127\.0\.0\.1|0\.0\.0\.0|::1?)$/.test(found);
  }

  return {
    of,
    hide(kind, values) {
      for (const value of values) {
        const plain = value.normalize('NFC').trim();
        for (const form of [plain, encodeURIComponent(plain), JSON.stringify(plain).slice(1, -1)])
          if ([...form].length >= FEWEST_SIGNS && hidden.add(form, kind))
            given.set(form.toLowerCase(), of(kind, plain));
      }
    },
    clean(text) {
      let clean = text.normalize('NFC');
      clean = hidden.replace(clean, of);
      for (const [kind, pattern] of PATTERNS)
        clean = clean.replace(pattern, (found) => (mayStay(kind, found) ? found : of(kind, found)));
      return clean;
    },
  };
}
