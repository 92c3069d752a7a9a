import type { Random } from '../measure/random.ts';

/** Pieces that readers of HTTP have understood in different ways. */
const PIECES = [
  ...[
    '\r\n',
    '\n',
    '\r',
    '\r\n\r\n',
    '\n\n',
    '\0',
    ' ',
    '\t',
    ':',
    ',',
    ';',
    '\x0b',
    '\x7f',
    '\x85',
    '\xa0',
    '\xff',
  ],
  ...['Content-Length: 5\r\n', 'Content-Length: 0\r\n', 'Content-Length: +3\r\n', 'Content-Length: 0x10\r\n'],
  ...['Transfer-Encoding: chunked\r\n', 'Transfer-Encoding: identity\r\n', 'Transfer-Encoding : chunked\r\n'],
  ...[
    'Transfer-Encoding:\x0bchunked\r\n',
    'Connection: close\r\n',
    'Connection: keep-alive, content-length\r\n',
  ],
  ...[
    'Upgrade: h2c\r\n',
    'Expect: 100-continue\r\n',
    'Trailer: Host\r\n',
    ' folded: line\r\n',
    'Host: other\r\n',
  ],
  ...[
    '0\r\n\r\n',
    '0\r\nX: y\r\n\r\n',
    '5;ext="a\r\n"\r\n',
    'ffffffffffffffff\r\n',
    '-1\r\n',
    '00000000000000005\r\n',
  ],
  ...['HTTP/1.0', 'HTTP/2.0', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'http://other/', '//', '%00', '../'],
];

/** Changes bytes in one to three places: one is flipped, a piece is put in, a range is taken out, said twice or moved. */
export function mutate(random: Random, bytes: Buffer): Buffer {
  let changed = bytes;
  for (let left = 1 + random.below(3); left > 0; left -= 1) changed = mutateOnce(random, changed);
  return changed;
}

function mutateOnce(random: Random, bytes: Buffer): Buffer {
  // Most in the first 300 bytes, where the head is; the others anywhere.
  const at = random.below(random.below(3) > 0 ? Math.min(300, bytes.length + 1) : bytes.length + 1);
  const until = Math.min(bytes.length, at + 1 + random.below(40));
  const [before, range, after] = [bytes.subarray(0, at), bytes.subarray(at, until), bytes.subarray(until)];
  switch (random.below(7)) {
    case 0:
      return Buffer.concat([
        before,
        Buffer.of(random.below(256)),
        bytes.subarray(Math.min(at + 1, bytes.length)),
      ]);
    case 1:
    case 2:
      return Buffer.concat([before, Buffer.from(random.pick(PIECES), 'latin1'), bytes.subarray(at)]);
    case 3:
      return Buffer.concat([before, after]);
    case 4:
      return Buffer.concat([before, range, range, after]);
    case 5:
      return Buffer.concat([after, range, before]);
    default:
      return mutateNumber(random, bytes);
  }
}

/** One digit becomes another: a length, the size of a chunk, a status, a version. */
function mutateNumber(random: Random, bytes: Buffer): Buffer {
  const digits = [...bytes.subarray(0, 4_096).entries()].filter(([, byte]) => byte >= 48 && byte <= 57);
  if (digits.length === 0) return bytes;
  const copy = Buffer.from(bytes);
  copy[random.pick(digits)[0]] = 48 + random.below(10);
  return copy;
}
