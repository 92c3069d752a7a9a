import { createHash, randomBytes } from 'node:crypto';
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createRepresentation, etagOf, hashOf } from '../../../injector/http/representation.ts';

const SMALL = Buffer.from('Jellyfin '.repeat(100));
/** Half of it can be compressed, so that an effort shows in the bytes. */
const LARGE = Buffer.from(Array.from({ length: 4_000 }, (_, n) => `${n * 7919} line ${n % 13}\n`).join(''));

describe('the name of a body', () => {
  it('is 22 characters of its SHA-256, safe in a URL', () => {
    expect(hashOf(SMALL)).toBe(createHash('sha256').update(SMALL).digest('base64url').slice(0, 22));
    expect(hashOf(SMALL)).toMatch(/^[\w-]{22}$/);
    expect(hashOf(SMALL)).not.toBe(hashOf(LARGE));
  });

  it('is in its tag, with coding and effort where they change the bytes', () => {
    expect(etagOf('h', 'identity', 'best')).toBe('"gh-h"');
    expect(etagOf('h', 'identity', 'quick')).toBe('"gh-h"');
    expect(etagOf('h', 'br', 'best')).toBe('"gh-h-br"');
    expect(etagOf('h', 'gzip', 'quick')).toBe('"gh-h-gzip-q"');
  });
});

describe('a representation', () => {
  it('has the plain bytes at once, and a coding when it was made', async () => {
    const file = createRepresentation(SMALL);
    const hash = hashOf(SMALL);
    expect(file.hash).toBe(hash);
    expect(file.ready('identity')).toEqual({ body: SMALL, coding: 'identity', etag: `"gh-${hash}"` });
    expect(file.ready('br')).toBeUndefined();
    const made = await file.make('br');
    expect(made).toMatchObject({ coding: 'br', etag: `"gh-${hash}-br"` });
    expect(brotliDecompressSync(made.body).equals(SMALL)).toBe(true);
    expect(file.ready('br')).toBe(made);
    expect(await file.make('br')).toBe(made);
  });

  it('names the tags that its bytes may have had', () => {
    const file = createRepresentation(SMALL);
    const { hash } = file;
    expect(file.etags('identity')).toEqual([`"gh-${hash}"`]);
    expect(file.etags('zstd')).toEqual([`"gh-${hash}-zstd"`, `"gh-${hash}-zstd-q"`]);
  });

  it('compresses once for all who ask at the same time', async () => {
    const file = createRepresentation(SMALL);
    const [one, other] = await Promise.all([file.make('gzip'), file.make('gzip')]);
    expect(one).toBe(other);
  });

  it('of a large body is quick at first, and the best when the later job is done', async () => {
    const jobs: (() => Promise<void>)[] = [];
    const file = createRepresentation(LARGE, (job) => jobs.push(job));
    const quick = await file.make('zstd');
    expect(quick.etag).toBe(`"gh-${file.hash}-zstd-q"`);
    expect(zstdDecompressSync(quick.body).equals(LARGE)).toBe(true);
    expect(jobs).toHaveLength(1);
    await jobs[0]?.();
    const best = file.ready('zstd');
    expect(best?.etag).toBe(`"gh-${file.hash}-zstd"`);
    expect(best?.body.length).toBeLessThan(quick.body.length);
    expect(await file.make('zstd')).toBe(best);
  });

  it('gets better by itself when nobody says when', async () => {
    const file = createRepresentation(LARGE);
    await file.make('gzip');
    await expect.poll(() => file.ready('gzip')?.etag).toBe(`"gh-${file.hash}-gzip"`);
    const { body } = await file.make('gzip');
    expect(gunzipSync(body).equals(LARGE)).toBe(true);
  });

  it.each([
    [24 * 1024, ''],
    [24 * 1024 + 1, '-q'],
  ])('of %i bytes is tagged "%s" when it is first made', async (bytes, mark) => {
    const file = createRepresentation(randomBytes(bytes), () => undefined);
    expect((await file.make('gzip')).etag).toBe(`"gh-${file.hash}-gzip${mark}"`);
  });
});
