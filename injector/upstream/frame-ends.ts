/** Longest head of a frame, in bytes. */
const LONGEST_HEAD = 14;

/**
 * Follows one direction of a WebSocket that is passed on byte for byte, and says whether a frame has just ended: there, and
 * nowhere else, something may be said in between. It reads how long frames are and nothing besides, and changes nothing
 * (docs/decisions/2026-11-30-websocket-frames.md).
 *
 * Source: RFC 6455 section 5.2.
 *
 * @returns takes the bytes in their order, and tells whether the last of them ends a frame.
 */
export function createFrameEnds(): (piece: Buffer) => boolean {
  const head = Buffer.alloc(LONGEST_HEAD);
  let headLength = 0;
  let payloadLeft = 0;
  return (piece) => {
    let at = 0;
    while (at < piece.length) {
      if (payloadLeft > 0) {
        const passed = Math.min(payloadLeft, piece.length - at);
        payloadLeft -= passed;
        at += passed;
        continue;
      }
      head[headLength] = piece[at] ?? 0;
      headLength += 1;
      at += 1;
      if (headLength < 2 || headLength < lengthOfHead(head)) continue;
      payloadLeft = lengthOfPayload(head);
      headLength = 0;
    }
    return payloadLeft === 0 && headLength === 0;
  };
}

/** Of a head of which the first two bytes are there. */
function lengthOfHead(head: Buffer): number {
  const second = head[1] ?? 0;
  const short = second & 0x7f;
  const extended = short === 127 ? 8 : short === 126 ? 2 : 0;
  return 2 + extended + (second >= 0x80 ? 4 : 0);
}

function lengthOfPayload(head: Buffer): number {
  const short = (head[1] ?? 0) & 0x7f;
  if (short === 126) return head.readUInt16BE(2);
  return short === 127 ? Number(head.readBigUInt64BE(2)) : short;
}
