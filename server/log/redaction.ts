/** Signs at the end of an id that are shown, and how many it must have so that they do not give it away. */
const SHOWN_OF_ID = 2;
const MIN_ID = 5;

/**
 * Shortens an address, the one way everywhere: in the log, in what commands and answers say, and on our pages. Its owner knows it
 * again, and nobody else can use it. Of `anna@example.org` there is `a…@example.org`, of `@anna:example.org` (Matrix)
 * `@a…:example.org`, of any other id the end, `…89`. Source: rule "no whole address in logs".
 */
export function shortAddress(address: string): string {
  const at = address.lastIndexOf('@');
  if (at > 0) return `${firstSign(address)}…${address.slice(at)}`;
  const colon = address.indexOf(':');
  if (at === 0 && colon > 1) return `@${firstSign(address.slice(1))}…${address.slice(colon)}`;
  const signs = [...address];
  return signs.length < MIN_ID ? '…' : `…${signs.slice(-SHOWN_OF_ID).join('')}`;
}

function firstSign(text: string): string {
  return String.fromCodePoint(text.codePointAt(0) ?? 0);
}

/** What stands in a secret's place. */
export const REDACTED = '[redacted]';

/** Shorter values are in too many words to be told from them. */
const MIN_SECRET_CHARACTERS = 4;

/** How deep a logged value is looked into. */
const MAX_DEPTH = 12;

/** Takes secrets out of what is about to be written down. */
export interface Redaction {
  /** Takes these values out from now on, as they are and as they look in a URL. Values of under 4 characters are not. */
  hide(secrets: Iterable<string>): void;
  /** Gives the text without hidden values and without what looks like a token, a PIN, a key in a URL or a mail address. */
  cleanText(text: string): string;
  /** Does the same for every text within a value that JSON can hold; the names of fields stay. */
  cleanValue(value: unknown): unknown;
}

// Texts of strangers pass here: what each begins with stands where nothing of the kind stands before it, so that no text is read twice.
const PATTERNS: readonly (readonly [pattern: RegExp, replacement: string | ((text: string) => string)])[] = [
  // The user part of a URL: a blank, a slash or a quote ends it.
  [/:\/\/[^\s/?#"'<>]+@/g, `://${REDACTED}@`],
  [/\b(Bearer|Basic)\s+[A-Za-z0-9._~+/=-]{16,}/gi, `$1 ${REDACTED}`],
  // token=…, "apiKey":"…", Token="…": the name may be part of a longer one, in a query, a header or a body.
  [
    /((?:token|api[_-]?key|password|passwd|secret|pin|\bpw|newpw|currentpw)["']?(?:=|:(?=["']))["']?)[^\s"'&;,}]+/gi,
    `$1${REDACTED}`,
  ],
  // Whatever its name (names can be spelt with %xx): a value in a query that looks like a key of Jellyfin's.
  [/([?&][^=&\s?]{1,60}=)[0-9a-f]{32}(?![0-9a-f])/gi, `$1${REDACTED}`],
  // 256 bits in base64url: a reset token. One without both cases does not come up in 2^30 tokens.
  [/(?<![\w-])(?=[\w-]*[a-z])(?=[\w-]*[A-Z])[\w-]{43}(?![\w-])/g, REDACTED],
  // Our PINs; I, L, O, U are not among their signs.
  [/(?<![\w-])[0-9A-HJKMNP-TV-Z]{4}(?:[- ][0-9A-HJKMNP-TV-Z]{4}){3}(?![\w-])/gi, REDACTED],
  // Without dashes in capitals, or small with a letter that no hex id has.
  [/(?<![\w-])[0-9A-HJKMNP-TV-Z]{16}(?![\w-])/g, REDACTED],
  [/(?<![\w-])(?=\w*[g-z])[0-9a-hjkmnp-tv-z]{16}(?![\w-])/g, REDACTED],
  // Jellyfin's PINs: BitConverter's "0A-1B-2C-3D".
  [/(?<![\w-])[0-9A-F]{2}(?:-[0-9A-F]{2}){3}(?![\w-])/g, REDACTED],
  [/(?<![^\s<>"'(),;:/@])[^\s<>"'(),;:/@]+@[^\s<>"'(),;:/@.]+(?:\.[^\s<>"'(),;:/@.]+)+/g, shortAddress],
];

/** Makes a redaction that hides nothing yet but what looks like a secret. Source: ASVS 5.0 16.2.5; OWASP O7, O14. */
export function createRedaction(): Redaction {
  const hidden = new Set<string>();
  /** Longest first: a value that holds another goes as a whole. */
  let ordered: readonly string[] = [];

  function cleanText(text: string): string {
    let clean = text;
    for (const secret of ordered) clean = clean.replaceAll(secret, REDACTED);
    for (const [pattern, replacement] of PATTERNS) {
      clean =
        typeof replacement === 'string'
          ? clean.replace(pattern, replacement)
          : clean.replace(pattern, replacement);
    }
    return clean;
  }

  function cleanValue(value: unknown, depth = 0): unknown {
    if (typeof value === 'string') return cleanText(value);
    if (typeof value !== 'object' || value === null) return value;
    if (depth === MAX_DEPTH) return '…';
    if (Array.isArray(value)) return value.map((one) => cleanValue(one, depth + 1));
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, cleanValue(one, depth + 1)]));
  }

  return {
    hide(secrets) {
      for (const secret of secrets) {
        for (const form of formsOf(secret)) {
          if (form.length >= MIN_SECRET_CHARACTERS) hidden.add(form);
        }
      }
      ordered = [...hidden].sort((one, other) => other.length - one.length);
    },
    cleanText,
    cleanValue: (value) => cleanValue(value),
  };
}

/** Lists a text as it is and in each form that it has in a URL. Source: RFC 3986 section 2.1; WHATWG URL, percent-encode sets. */
function formsOf(secret: string): readonly string[] {
  const url = new URL('http://a');
  url.password = secret;
  url.search = secret.replaceAll('#', '%23');
  const encoded = encodeURIComponent(secret);
  const forms = [
    ...[secret, encoded, encodeURI(secret), url.password, url.search.slice(1)],
    // As a form sends it, with + for a blank.
    new URLSearchParams({ x: secret }).toString().slice(2),
    encoded.replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`),
  ];
  return [...forms, ...forms.map((form) => form.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()))];
}
