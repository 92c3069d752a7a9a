import { Fault, type ReadHead, readChunkSize, readHead } from './strict-reader.ts';

/** Hears what arrives on a connection while it arrives, so that an answer can come before the end of a body. */
export interface RequestListener {
  onHead(head: ReadHead): void;
  /** A piece of the last head's body, which begins at `offset` of it. */
  onBody(piece: Buffer, offset: number): void;
  /** The body is whole. */
  onWhole(): void;
}

/** Reads the requests of one connection as strictly as `readStrictly`, but piece by piece. */
export interface RequestWatch {
  /** Answers the first thing that two readers could take differently; nothing is read behind it. */
  take(bytes: Buffer): string | undefined;
  /** Bytes of a head that is not whole. */
  readonly unread: Buffer;
}

/** Makes one for a connection. Trailers, which no request of ours has, are a fault. */
export function watchRequests(listener: RequestListener): RequestWatch {
  let unread: Buffer = Buffer.alloc(0);
  let part: 'head' | 'body' | 'size' | 'chunk' | 'chunk end' | 'last end' = 'head';
  let left = 0;
  let offset = 0;
  let fault: string | undefined;

  function finish(): void {
    part = 'head';
    listener.onWhole();
  }

  function drop(count: number): void {
    unread = unread.subarray(count);
  }

  /** @returns False when it needs more bytes. */
  function step(): boolean {
    if (unread.length === 0) return false;
    if (part === 'head') {
      const head = readHead(unread, 0);
      if (head === undefined) return false;
      drop(head.end);
      offset = 0;
      left = head.length ?? 0;
      part = head.length === undefined ? 'size' : 'body';
      listener.onHead(head);
      if (head.length === 0) finish();
    } else if (part === 'body' || part === 'chunk') {
      const piece = unread.subarray(0, left);
      drop(piece.length);
      left -= piece.length;
      listener.onBody(piece, offset);
      offset += piece.length;
      if (left > 0) return false;
      if (part === 'body') finish();
      else part = 'chunk end';
    } else {
      const end = unread.indexOf('\r\n', 0, 'latin1');
      if (end === -1) return false;
      const line = unread.toString('latin1', 0, end);
      drop(end + 2);
      if (part === 'size') {
        left = readChunkSize(line);
        part = left === 0 ? 'last end' : 'chunk';
      } else {
        if (line !== '') throw new Fault(part);
        if (part === 'last end') finish();
        else part = 'size';
      }
    }
    return true;
  }

  return {
    get unread() {
      return unread;
    },
    take(bytes) {
      if (fault !== undefined) return fault;
      unread = unread.length === 0 ? bytes : Buffer.concat([unread, bytes]);
      try {
        while (step());
      } catch (error) {
        if (!(error instanceof Fault)) throw error;
        fault = error.message;
      }
      return fault;
    },
  };
}
