import { createHash, createVerify } from 'node:crypto';

/** What a signature says, and whether it holds. */
export interface DkimReading {
  readonly tags: ReadonlyMap<string, string>;
  readonly isBodyRight: boolean;
  readonly isSignatureRight: boolean;
}

/**
 * Verifies the one DKIM signature of a mail as a receiver does: canonicalization relaxed for headers and body, SHA-256, RSA.
 * Nothing here is shared with what signs. Source: RFC 6376 sections 3.4.2, 3.4.4, 3.7 and 6.1.3.
 *
 * @param mail Its bytes, lines ended by CRLF.
 */
export function readDkim(mail: Buffer, publicKey: string): DkimReading {
  const text = mail.toString('latin1');
  const end = text.indexOf('\r\n\r\n');
  const fields = text.slice(0, end + 2).match(/[^\r\n]+(?:\r\n[ \t][^\r\n]*)*\r\n/g) ?? [];
  const signatures = fields.filter((field) => /^dkim-signature:/i.test(field));
  if (signatures.length !== 1) throw new Error(`The mail has ${signatures.length} signatures.`);
  const signature = signatures[0] ?? '';
  const tags = new Map(
    unfold(signature)
      .slice(signature.indexOf(':') + 1)
      .split(';')
      .map((tag) => {
        const equals = tag.indexOf('=');
        return [tag.slice(0, equals).trim(), tag.slice(equals + 1).replace(/[ \t]/g, '')] as const;
      }),
  );
  const rest = [...fields];
  const signed = (tags.get('h') ?? '').split(':').map((name) => {
    const index = rest.findLastIndex((field) => field.toLowerCase().startsWith(`${name.toLowerCase()}:`));
    return index < 0 ? '' : relaxField(rest.splice(index, 1)[0] ?? '');
  });
  const own = relaxField(signature.replace(/([;:\s]b=)[^;]*/, '$1')).replace(/\r\n$/, '');
  const verify = createVerify('RSA-SHA256').update(Buffer.from(signed.join('') + own, 'latin1'));
  const hash = createHash('sha256').update(Buffer.from(relaxBody(text.slice(end + 4)), 'latin1'));
  return {
    tags,
    isBodyRight: hash.digest('base64') === tags.get('bh'),
    isSignatureRight: verify.verify(publicKey, tags.get('b') ?? '', 'base64'),
  };
}

function unfold(field: string): string {
  return field.replace(/\r\n/g, '');
}

function relaxField(field: string): string {
  const plain = unfold(field);
  const colon = plain.indexOf(':');
  const value = plain
    .slice(colon + 1)
    .replace(/[ \t]+/g, ' ')
    .replace(/^ | $/g, '');
  return `${plain.slice(0, colon).toLowerCase().trimEnd()}:${value}\r\n`;
}

function relaxBody(body: string): string {
  const lines = body.split('\r\n').map((line) => line.replace(/[ \t]+/g, ' ').replace(/ $/, ''));
  while (lines.at(-1) === '') lines.pop();
  return lines.length === 0 ? '' : `${lines.join('\r\n')}\r\n`;
}
