import type { Random } from '../measure/random.ts';

/** Pieces that have broken other programs. */
const PIECES = [
  ...[
    '\r\n',
    '\n{"event":"forged"}\n',
    '\u0000',
    '\u001b[2J',
    '\u001b]0;x\u0007',
    '\u2028',
    '\u202e',
    '\ufeff',
  ],
  ...[
    "' OR 1=1 --",
    '"; DROP TABLE contacts; --',
    '\\',
    '%00',
    '%0d%0aSet-Cookie:%20a=b',
    '\x24{7*7}',
    '{{7*7}}',
  ],
  ...['../../etc/passwd', '<script>alert(1)</script>', '<!--', ']]>', '&#0;', '__proto__', 'constructor'],
  ...['\ud800', '\udfff', '💥', 'ß', 'İ', 'é', 'e\u0301', 'ａ', '\u0600', 'true', 'null', '1e999', '-0'],
  ...['alice', 'bob', 'alice@example.org', 'a@b, c@d', '"a@evil x"@ok', 'A'.repeat(200), ' ', '\t', 'NaN'],
];

/** A text of up to about 20 pieces or single characters of any kind. */
export function randomText(random: Random): string {
  let text = '';
  for (let left = random.below(20); left > 0; left--) {
    text += random.below(3) === 0 ? random.pick(PIECES) : String.fromCharCode(random.below(0x1_0000));
  }
  return text;
}

/** A JSON value of any type, up to some levels deep. */
export function randomValue(random: Random, depth = 0): unknown {
  const kind = random.below(depth > 3 ? 5 : 8);
  if (kind < 3) return randomText(random);
  if (kind === 3) return random.pick([0, -1, 1e308, 2 ** 53, 0.1]);
  if (kind === 4) return random.pick([null, true, false]);
  const entries = Array.from({ length: random.below(5) }, () => randomValue(random, depth + 1));
  if (kind === 5) return entries;
  return Object.fromEntries(entries.map((entry) => [randomText(random), entry]));
}
