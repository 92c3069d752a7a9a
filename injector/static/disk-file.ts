import { createHash } from 'node:crypto';

/** One body with what must be known of it, as it lies on the disk. */
export interface DiskFile {
  /** What it belongs to; a file under another's name is a foreign one. */
  readonly key: string;
  /** What the caller wants to know again: JSON. */
  readonly about: Readonly<Record<string, unknown>>;
  readonly body: Buffer;
}

const FORMAT = 'gatehouse-cache-1';
/** Longest first line, in bytes. */
const MAX_HEAD_BYTES = 64 * 1024;

/** Writes the one line of JSON and the body behind it. */
export function packFile({ key, about, body }: DiskFile): Buffer {
  const head = { format: FORMAT, key, about, sha256: digest(key, about, body) };
  return Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), body]);
}

/** Reads a file back; undefined when it is broken, of another format, or belongs to another key. Never throws. */
export function unpackFile(bytes: Buffer, key: string): DiskFile | undefined {
  const end = bytes.subarray(0, MAX_HEAD_BYTES).indexOf(10);
  if (end === -1) return undefined;
  try {
    const head: unknown = JSON.parse(bytes.toString('utf8', 0, end));
    if (!isRecord(head) || head['format'] !== FORMAT || head['key'] !== key) return undefined;
    const { about, sha256 } = head;
    const body = bytes.subarray(end + 1);
    return isRecord(about) && sha256 === digest(key, about, body) ? { key, about, body } : undefined;
  } catch {
    return undefined;
  }
}

function digest(key: string, about: object, body: Buffer): string {
  return createHash('sha256')
    .update(`${key}\n${JSON.stringify(about)}\n`)
    .update(body)
    .digest('base64url');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
