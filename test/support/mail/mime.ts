/** One part of a message. Header names in lower case. */
interface Part {
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
}

/** A message as a person reads it. */
export interface ReadMail {
  readonly headers: ReadonlyMap<string, string>;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/**
 * Reads a mail: encoded words, quoted-printable and base64, multipart. Enough for what mail libraries write;
 * no attachments, UTF-8 only. Source: RFC 2045, 2046 section 5.1, 2047.
 */
export function readMail(raw: Buffer): ReadMail {
  const mail = splitPart(raw);
  const leaves = collectLeaves(mail);
  const find = (type: string) =>
    leaves
      .find((leaf) => (leaf.headers.get('content-type') ?? 'text/plain').toLowerCase().startsWith(type))
      ?.body.toString('utf8')
      .replaceAll('\r\n', '\n') ?? '';
  return {
    headers: mail.headers,
    subject: decodeWords(mail.headers.get('subject') ?? ''),
    text: find('text/plain'),
    html: find('text/html'),
  };
}

/** Decodes `=?utf-8?Q?…?=` and its base64 sister in a header. */
export function decodeWords(value: string): string {
  return value
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([qb])\?([^?]*)\?=/gi, (_all, kind: string, content: string) =>
      kind.toLowerCase() === 'b'
        ? Buffer.from(content, 'base64').toString('latin1')
        : decodeHexPairs(content.replaceAll('_', ' ')).toString('latin1'),
    )
    .replace(/[\u0080-\u00ff]+/g, (bytes) => Buffer.from(bytes, 'latin1').toString('utf8'));
}

function splitPart(raw: Buffer): Part {
  const end = raw.indexOf('\r\n\r\n');
  const head = raw.subarray(0, end < 0 ? raw.length : end).toString('utf8');
  const headers = new Map<string, string>();
  for (const line of head.replace(/\r\n[ \t]+/g, ' ').split('\r\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
  }
  return { headers, body: end < 0 ? Buffer.alloc(0) : raw.subarray(end + 4) };
}

function collectLeaves(part: Part): Part[] {
  const type = part.headers.get('content-type') ?? '';
  const boundary = /boundary="?([^";]+)"?/i.exec(type)?.[1];
  if (boundary === undefined) return [{ ...part, body: decodeBody(part) }];
  return `\r\n${part.body.toString('latin1')}`
    .split(`\r\n--${boundary}`)
    .slice(1)
    .filter((piece) => !piece.startsWith('--'))
    .flatMap((piece) => collectLeaves(splitPart(Buffer.from(piece.replace(/^[ \t]*\r\n/, ''), 'latin1'))));
}

function decodeBody(part: Part): Buffer {
  switch (part.headers.get('content-transfer-encoding')?.toLowerCase()) {
    case 'base64':
      return Buffer.from(part.body.toString('latin1'), 'base64');
    case 'quoted-printable':
      return decodeQuotedPrintable(part.body.toString('latin1'));
    default:
      return part.body;
  }
}

function decodeQuotedPrintable(value: string): Buffer {
  return decodeHexPairs(value.replace(/[ \t]+(?=\r\n|$)/g, '').replace(/=\r\n/g, ''));
}

function decodeHexPairs(value: string): Buffer {
  const bytes = value.replace(/=([0-9A-F]{2})/gi, (_all, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(bytes, 'latin1');
}
