import { type ChunkedDecoder, createChunkedDecoder } from './chunked-decoder.ts';
import { parseResponseHead, type ResponseHead, UpstreamProtocolError } from './response-head.ts';

/** Status line and end-to-end headers of the answer to an upgrade. */
export type UpgradeAnswer = Pick<ResponseHead, 'status' | 'reason' | 'headers'>;

/** What the answer to an upgrade turns out to be. */
export interface UpgradeListener {
  /** Jellyfin said 101; `rest` are the first bytes of the other protocol. Nothing is read any more. */
  onSwitched(answer: UpgradeAnswer, rest: Buffer): void;
  /** It said something else; `onData` and `onEnd` follow. */
  onRefused(answer: UpgradeAnswer): void;
  onData(data: Buffer): void;
  onEnd(): void;
}

/** Reads the answer to an upgrade as it arrives. */
export interface UpgradeReader {
  /** @throws {UpstreamProtocolError} when it is no clear HTTP/1.1 answer. */
  take(data: Buffer): void;
}

/** Largest head of an answer, and most interim answers before it; as for other requests. */
const MAX_HEAD_BYTES = 64 * 1024;
const MAX_INTERIM = 16;

/** Makes a reader for one answer. */
export function createUpgradeReader(listener: UpgradeListener): UpgradeReader {
  let waiting = Buffer.alloc(0);
  let interim = 0;
  let head: ResponseHead | undefined;
  let chunks: ChunkedDecoder | undefined;
  let left = 0;

  function takeBody(data: Buffer): void {
    if (chunks !== undefined) {
      chunks.take(data, (part) => listener.onData(Buffer.from(part)));
      if (chunks.isDone) listener.onEnd();
    } else if (head?.framing.kind === 'until-close') {
      if (data.length > 0) listener.onData(data);
    } else {
      const part = data.subarray(0, left);
      left -= part.length;
      if (part.length > 0) listener.onData(part);
      if (left === 0) listener.onEnd();
    }
  }

  function takeHead(): void {
    const end = waiting.indexOf('\r\n\r\n', 0, 'latin1');
    if (end > MAX_HEAD_BYTES || (end === -1 && waiting.length > MAX_HEAD_BYTES))
      throw new UpstreamProtocolError('the head is too large');
    if (end === -1) return;
    const parsed = parseResponseHead(waiting.toString('latin1', 0, end), 'GET');
    waiting = waiting.subarray(end + 4);
    if (parsed.status === 101) {
      listener.onSwitched(parsed, waiting);
      return;
    }
    if (parsed.status < 200) {
      interim += 1;
      if (interim > MAX_INTERIM) throw new UpstreamProtocolError('too many 1xx answers');
      takeHead();
      return;
    }
    head = parsed;
    left = parsed.framing.kind === 'length' ? parsed.framing.bytes : 0;
    chunks = parsed.framing.kind === 'chunked' ? createChunkedDecoder() : undefined;
    listener.onRefused(parsed);
    takeBody(waiting);
  }

  return {
    take(data) {
      if (head !== undefined) takeBody(data);
      else {
        waiting = Buffer.concat([waiting, data]);
        takeHead();
      }
    },
  };
}
