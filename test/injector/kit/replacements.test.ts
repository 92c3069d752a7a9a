import { describe, expect, it } from 'vitest';
import { MAX_FILE_BYTES } from '../../../injector/jellyfin/web-client.ts';
import { type Attempt, applyReplacements, replacement } from '../../../injector/kit/replacements.ts';
import { cpuGrowth, STEEPEST } from '../../support/measure/cpu-growth.ts';

type Written = { find: string; replace: string; count?: number; in?: string };
const read = (written: Written) => replacement().parse(written);

/** A file with these replacements made, and what became of each. */
async function replaced(file: string | Buffer, ...written: Written[]) {
  const attempts: Attempt[] = [];
  const bytes = await applyReplacements(Buffer.from(file), written.map(read), (one) => attempts.push(one));
  return {
    bytes,
    text: bytes.toString(),
    outcomes: attempts.map(({ outcome, places }) => `${outcome} ${places.join(' ')}`.trim()),
  };
}

describe('a replacement', () => {
  it('puts a text in the place of another, wherever it stands as often as it says', async () => {
    const { text, outcomes } = await replaced(
      'one two one two',
      { find: 'one ', replace: 'three ', count: 2 },
      { find: ' two', replace: '', count: 2 },
    );
    expect(text).toBe('three three');
    expect(outcomes).toEqual(['made 0 8', 'made 5 15']);
  });

  it('comes after those before it, and finds what they made', async () => {
    const { text } = await replaced(
      'Next Up',
      { find: 'Next Up', replace: 'Go on with' },
      { find: 'Go on', replace: 'Carry on' },
    );
    expect(text).toBe('Carry on with');
  });

  it.each(["$&$1$`$'$$", '\\n\\0', '\u{1f3ac}', '</script>'])('takes %j as it is', async (replace) => {
    expect((await replaced('a film b', { find: 'film', replace })).text).toBe(`a ${replace} b`);
  });

  it('leaves a file as it is in which the text stands more or less often', async () => {
    const file = Buffer.from('film film film');
    const once = [read({ find: 'film', replace: 'movie' })];
    expect(await applyReplacements(file, once)).toBe(file);
    const { outcomes, text } = await replaced(
      'film film film',
      { find: 'film', replace: 'movie', count: 4 },
      { find: 'show', replace: 'series' },
      { find: 'film', replace: 'movie', count: 3 },
    );
    expect(outcomes).toEqual(['other-count 0 5 10', 'absent', 'made 0 5 10']);
    expect(text).toBe('movie movie movie');
  });

  it('counts places that do not overlap, from left to right', async () => {
    expect((await replaced('aaaaaaaaaa', { find: 'aaaa', replace: 'b', count: 2 })).text).toBe('bbaa');
  });

  it('leaves alone what is no UTF-8', async () => {
    const file = Buffer.from([...Buffer.from('film '), 0xff, 0xfe]);
    expect(await applyReplacements(file, [read({ find: 'film', replace: 'movie' })])).toBe(file);
  });

  it('finds text of any script, and never half a character', async () => {
    expect((await replaced('Prêt à voir ça', { find: 'à voir', replace: 'ok' })).text).toBe('Prêt ok ça');
    const bytes = Buffer.from('日本語日本語');
    expect((await replaced(bytes, { find: '本語日本', replace: '-' })).text).toBe('日-語');
  });

  it('makes no file larger than what is kept, and those before it stand', async () => {
    const { outcomes, bytes } = await replaced(
      `first,${'film'.repeat(1_000)}`,
      { find: 'first', replace: 'second' },
      { find: 'film', replace: 'x'.repeat(10_000), count: 1_000 },
    );
    expect(outcomes[0]).toBe('made 0');
    expect(outcomes[1]).toMatch(/^too-large /);
    expect(bytes.length).toBeLessThan(MAX_FILE_BYTES);
    expect(bytes.toString()).toMatch(/^second,film/);
  });

  it('finds a long text whose beginning stands in other places, too', async () => {
    const find = `${'ab'.repeat(150)}c`;
    expect((await replaced(`${'ab'.repeat(400)}${find}!`, { find, replace: 'found' })).text).toBe(
      `${'ab'.repeat(400)}found!`,
    );
  });

  it('gives up, and changes nothing, where a text seems to begin at very many places', async () => {
    const file = 'a'.repeat(50_000);
    const { outcomes, text } = await replaced(
      `${file}b`,
      { find: `${'a'.repeat(300)}b`, replace: 'found' },
      { find: 'aaaa', replace: 'b', count: 1_000 },
    );
    expect(text).toBe(`${file}b`);
    expect(outcomes.map((outcome) => outcome.split(' ')[0])).toEqual(['other-count', 'other-count']);
  });

  it.each([
    ['a', 'b'],
    ['ab', 'abab'],
    ['a', ' '],
    ['film', 'fil'],
  ])(
    'takes time in proportion to the length of a file of %j',
    async (filling, other) => {
      const wanted = [
        { find: `${filling.repeat(400)}!`, replace: 'x' },
        { find: `!${filling.repeat(2_000)}`, replace: 'x' },
        { find: `${filling.repeat(60)}${other}${filling.repeat(2_000)}`, replace: 'x' },
        { find: `${filling.repeat(4)}!`, replace: 'x' },
      ].map((one) => read({ ...one, find: one.find.slice(0, 10_000) }));
      const growth = await cpuGrowth(4 * 1024 * 1024, (size) => {
        const file = Buffer.from(filling.repeat(size / filling.length));
        return () => applyReplacements(file, wanted);
      });
      expect(growth).toBeLessThan(STEEPEST);
    },
    120_000,
  );
});

describe('a written replacement', () => {
  it.each([
    [{ find: 'abc', replace: 'd' }, 'find'],
    [{ find: 'a'.repeat(10_001), replace: 'd' }, 'find'],
    [{ find: 'abcd\ud800', replace: 'd' }, 'find'],
    [{ find: 'abcd', replace: 'abcd' }, 'replace'],
    [{ find: 'abcd', replace: 'd', count: 0 }, 'count'],
    [{ find: 'abcd', replace: 'd', count: 1_001 }, 'count'],
    [{ find: 'abcd', replace: 'd', in: 'page' }, 'in'],
    [{ find: 'abcd' }, 'replace'],
  ])('%j is refused for its %2$s', (written, field) => {
    const { error } = replacement().safeParse(written);
    expect(error?.issues.map(({ path }) => path[0])).toEqual([field]);
  });

  it('is one, in a script, unless it says otherwise', () => {
    expect(read({ find: 'abcd', replace: '' })).toEqual({
      find: 'abcd',
      replace: '',
      count: 1,
      in: 'script',
    });
  });
});
