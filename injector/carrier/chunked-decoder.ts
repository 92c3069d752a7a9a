import { UpstreamProtocolError } from './response-head.ts';

/** Takes a chunked body apart. */
export interface ChunkedDecoder {
  /**
   * Takes bytes off the wire, hands the data in them to `onData`, and answers how many bytes belong to the body. When
   * fewer than given, the body has ended and the rest is not part of it.
   *
   * @throws {UpstreamProtocolError} Source: RFC 9112 section 7.1, strictly: CRLF only, no blanks before the size.
   */
  take(bytes: Buffer, onData: (data: Buffer) => void): number;
  readonly isDone: boolean;
}

const CR = 13;
const LF = 10;
/** A chunk size with its extension, and one trailer line, in bytes; the extension is dropped unread. */
const MAX_LINE_BYTES = 1024;
const MAX_TRAILER_LINES = 64;

/** Makes a decoder for one body. Trailers are dropped. */
export function createChunkedDecoder(): ChunkedDecoder {
  let state: 'size' | 'data' | 'data-end' | 'trailer' | 'done' = 'size';
  let line = '';
  let left = 0;
  let trailerLines = 0;

  /** Adds to the line under way; answers where it ended, or -1 while it has not. */
  function readLine(bytes: Buffer, from: number): number {
    const end = bytes.indexOf(LF, from);
    line += bytes.toString('latin1', from, end === -1 ? bytes.length : end + 1);
    if (line.length > MAX_LINE_BYTES) throw new UpstreamProtocolError('a chunk line is too long');
    if (end === -1) return -1;
    if (!line.endsWith('\r\n') || line.indexOf('\r') !== line.length - 2) {
      throw new UpstreamProtocolError('a chunk line does not end in CRLF');
    }
    return end + 1;
  }

  function takeSize(): void {
    const size = /^([0-9a-f]{1,12})(?:[\t ]*;[^\r\n]*)?\r\n$/i.exec(line)?.[1];
    if (size === undefined) throw new UpstreamProtocolError('a chunk size is not a hexadecimal number');
    left = Number.parseInt(size, 16);
    state = left === 0 ? 'trailer' : 'data';
    line = '';
  }

  function takeTrailer(): void {
    trailerLines += 1;
    if (trailerLines > MAX_TRAILER_LINES) throw new UpstreamProtocolError('too many trailers');
    if (line === '\r\n') state = 'done';
    line = '';
  }

  return {
    get isDone() {
      return state === 'done';
    },
    take(bytes, onData) {
      let at = 0;
      while (at < bytes.length && state !== 'done') {
        if (state === 'data') {
          const data = bytes.subarray(at, at + left);
          left -= data.length;
          at += data.length;
          if (left === 0) state = 'data-end';
          onData(data);
        } else if (state === 'data-end') {
          line += String.fromCharCode(bytes[at] ?? 0);
          at += 1;
          if (line.charCodeAt(0) !== CR || (line.length === 2 && line.charCodeAt(1) !== LF)) {
            throw new UpstreamProtocolError('a chunk is longer than its size');
          }
          if (line.length === 2) {
            line = '';
            state = 'size';
          }
        } else {
          const next = readLine(bytes, at);
          if (next === -1) return bytes.length;
          at = next;
          if (state === 'size') takeSize();
          else takeTrailer();
        }
      }
      return at;
    },
  };
}
