import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import type { Encoding } from '../../../injector/http/encodings.ts';
import type { Bodies, KeptFile } from '../../../injector/static/bodies.ts';
import { createCompressor } from '../../../injector/static/compressor.ts';

const fileOf = (path: string): KeptFile => ({ path, extension: 'js', etag: '"a"', hash: path, headers: [] });

/** Bodies in a plain map, and which plain ones were read. */
function openBodies(plain: (path: string) => Buffer) {
  const kept = new Map<string, Buffer>();
  const read: string[] = [];
  const bodies: Bodies = {
    async get({ path }, coding: Encoding) {
      if (coding !== 'identity') return kept.get(`${path} ${coding}`);
      read.push(path);
      return plain(path);
    },
    recall: async () => undefined,
    set: async ({ path }, coding, body) => void kept.set(`${path} ${coding}`, body),
    rest: () => undefined,
  };
  return { bodies, kept, read };
}

const TEXT = Buffer.from('const a = 1;'.repeat(100));

it('plans no more codings than its limit, and makes the others when somebody asks again', async () => {
  const { bodies, kept } = openBodies(() => TEXT);
  const compressor = createCompressor(bodies, () => true, { waiting: 3 });
  const files = ['a', 'b', 'c'].map(fileOf);
  await Promise.all(files.map((file) => compressor.body(file, 'br')));
  await compressor.idle();
  const first = kept.size;
  for (let n = 0; n < 3; n += 1) {
    for (const file of files) await compressor.body(file, 'br');
    await compressor.idle();
  }

  expect(first).toBeLessThan(9);
  for (const { path } of files) expect(kept.has(`${path} br`)).toBe(true);
});

it('keeps no quickly made body beyond its limit, and still answers', async () => {
  const { bodies } = openBodies(() => TEXT);
  const compressor = createCompressor(bodies, () => true, { interimBytes: 1 });
  const answers = await Promise.all(['a', 'b'].map((path) => compressor.body(fileOf(path), 'gzip')));

  expect(answers.map((coded) => coded?.etag)).toEqual(['"gh-a-gzip-q"', '"gh-b-gzip-q"']);
  await compressor.idle();
});

it('forgets which codings win nothing when there are too many, and tries them again', async () => {
  const noise = new Map(['a', 'b'].map((path) => [path, randomBytes(1_000)]));
  const { bodies, read } = openBodies((path) => noise.get(path) ?? TEXT);
  const compressor = createCompressor(bodies, () => true, { useless: 3 });
  const ask = async (path: string): Promise<number> => {
    const before = read.length;
    const coded = await compressor.body(fileOf(path), 'br');
    await compressor.idle();
    expect(coded?.body.length).toBeGreaterThan(0);
    return read.length - before;
  };

  // The answer and each of three codings read it; then only the answer does.
  expect([await ask('a'), await ask('a')]).toEqual([4, 1]);
  await ask('b');
  expect(await ask('a')).toBe(4);
});
