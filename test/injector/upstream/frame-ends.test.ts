import { expect, test } from 'vitest';
import * as ws from 'ws';
import { createFrameEnds } from '../../../injector/upstream/frame-ends.ts';
import { createRandom } from '../../support/measure/random.ts';

/** What writes frames in the library of the field; its types leave it out. */
const { Sender } = ws as unknown as {
  readonly Sender: { frame(data: Buffer, options: object): Buffer[] };
};

/** A frame as it writes it. */
function frame(bytes: number, mask: boolean, fin: boolean): Buffer {
  const options = { fin, opcode: 2, mask, rsv1: false, readOnly: false };
  return Buffer.concat(Sender.frame(Buffer.alloc(bytes, 0x88), options));
}

test.each([0, 1, 125, 126, 127, 65_535, 65_536, 200_000])(
  'a frame of %i bytes ends with its last byte',
  (bytes) => {
    for (const mask of [false, true]) {
      const whole = frame(bytes, mask, true);
      const endsFrame = createFrameEnds();
      for (let at = 0; at < Math.min(20, whole.length - 1); at += 1)
        expect(endsFrame(whole.subarray(at, at + 1))).toBe(false);
      if (whole.length > 21) expect(endsFrame(whole.subarray(20, -1))).toBe(false);
      expect(endsFrame(whole.subarray(-1))).toBe(true);
    }
  },
);

test('whatever pieces they come in, a frame has ended where one has, and nowhere else', () => {
  const { below } = createRandom(20_261_130);
  const endsFrame = createFrameEnds();
  const ends = new Set<number>();
  const frames = Array.from({ length: 400 }, () =>
    frame(below(below(10) === 0 ? 70_000 : 300), below(2) === 0, below(3) > 0),
  );
  let length = 0;
  for (const { length: bytes } of frames) {
    length += bytes;
    ends.add(length);
  }
  const all = Buffer.concat(frames);
  for (let at = 0; at < all.length; ) {
    const piece = all.subarray(at, at + 1 + below(below(2) === 0 ? 6 : 2_000));
    at += piece.length;
    expect(endsFrame(piece)).toBe(ends.has(at));
  }
});
