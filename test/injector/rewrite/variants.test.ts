import { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { whenOption } from '../../../injector/kit/conditions.ts';
import type { RewrittenFiles, Variant } from '../../../injector/rewrite/rewritten-files.ts';
import { createVariants, MAKE_AGAIN_AFTER_MS, MAX_VARIANTS } from '../../../injector/rewrite/variants.ts';

function filesOf(id: string): RewrittenFiles {
  return {
    ...{ id, audience: '', varies: [], isBare: false, isForAll: true, assets: [], changes: () => true },
    rewrite: async () => ({ bytes: Buffer.alloc(0), isFinal: true }),
  };
}

function start(
  conditions: Record<string, object>,
  make = async ({ audience }: Variant) => filesOf(audience),
) {
  const made: Variant[] = [];
  const failures: unknown[] = [];
  const clock = { ms: 0 };
  const variants = createVariants({
    conditions: Object.fromEntries(
      Object.entries(conditions).map(([id, when]) => [id, whenOption.parse(when)]),
    ),
    make(variant) {
      made.push(variant);
      return make(variant);
    },
    first: filesOf('first'),
    isEverChanged: () => true,
    close: () => undefined,
    onFailure: (error) => failures.push(error),
    elapsedMs: () => clock.ms,
  });
  const ask = async (headers: Record<string, string> = {}, url = '/web/', client = '127.0.0.1') => {
    const request = Object.assign(new IncomingMessage(null as never), { url, headers });
    return (await variants.pick(request, client, true)).id;
  };
  return { variants, made, failures, clock, ask };
}

describe('variants', () => {
  it('are not asked for where there are no conditions, and then cost no promise', () => {
    const { variants, made } = start({});
    const request = Object.assign(new IncomingMessage(null as never), { url: '/web/', headers: {} });
    expect(variants.pick(request, '127.0.0.1', true)).toMatchObject({ id: 'first' });
    expect(made).toEqual([]);
  });

  it('are made once for each combination, also when many ask at once', async () => {
    const { made, ask } = start({ a: { language: 'de' }, b: { network: 'home' } });
    const ids = await Promise.all(Array.from({ length: 5 }, () => ask({ 'accept-language': 'de' })));
    expect(new Set(ids)).toEqual(new Set(['a b']));
    expect(await ask()).toBe('b');
    expect(await ask({}, '/web/', '203.0.113.9')).toBe('first');
    expect(made.map(({ without }) => without)).toEqual([[], ['a']]);
  });

  it(`are at most ${MAX_VARIANTS}, whatever strangers send`, async () => {
    const letters = 'abcdefgh';
    const conditions = Object.fromEntries(
      [...letters].flatMap((one) =>
        [...letters].map((other) => [`${one}${other}`, { language: `${one}${other}` }]),
      ),
    );
    const { made, ask } = start({ ...conditions, near: { network: 'home' } });
    for (const network of ['127.0.0.1', '203.0.113.9'])
      for (const language of Object.keys(conditions))
        await ask({ 'accept-language': language }, '/web/', network);
    const before = made.length;
    expect(before).toBeGreaterThan(MAX_VARIANTS);
    await ask({ 'accept-language': 'hh' }, '/web/', '203.0.113.9');
    expect(made.length).toBe(before);
    await ask({ 'accept-language': 'aa' });
    expect(made.length).toBe(before + 1);
  });

  it('that cannot be made are stood in for, told, and tried again after a while, not at each request', async () => {
    let isBroken = true;
    const { made, failures, clock, ask } = start({ a: { network: 'home' } }, async ({ audience }) => {
      if (isBroken) throw new Error('no folder');
      return filesOf(audience);
    });
    for (let round = 0; round < 5; round += 1) expect(await ask()).toBe('first');
    expect(failures.map(String)).toEqual(['Error: no folder']);
    isBroken = false;
    clock.ms = MAKE_AGAIN_AFTER_MS - 1;
    expect(await ask()).toBe('first');
    clock.ms = MAKE_AGAIN_AFTER_MS;
    expect([await ask(), await ask()]).toEqual(['a', 'a']);
    expect(made).toHaveLength(2);
  });
});
