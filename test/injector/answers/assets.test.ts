import { IncomingMessage, ServerResponse } from 'node:http';
import { expect, it } from 'vitest';
import { createAssets, createPublished, type Published } from '../../../injector/answers/assets.ts';
import type { Asset } from '../../../injector/http/asset.ts';
import { createRepresentation } from '../../../injector/http/representation.ts';

const scriptOf = (name: string): Asset => ({
  path: `/mods/${name}.js`,
  contentType: 'text/javascript',
  representation: createRepresentation(Buffer.from(name)),
});

/** A configuration whose variants have a script each. */
function publishedOf(...names: readonly string[]): Published {
  const published = createPublished();
  for (const name of names) published.add([scriptOf(name)]);
  return published;
}

function start() {
  const assets = createAssets();
  return {
    assets,
    async isThere(name: string): Promise<boolean> {
      const request = Object.assign(new IncomingMessage(null as never), { method: 'GET', headers: {} });
      return await assets.answer(request, new ServerResponse(request), `/mods/${name}.js`);
    },
  };
}

const manyOf = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}${index}`);

it('all scripts of the configuration in force and of the one before are there, and the newest of older ones', async () => {
  const { assets, isThere } = start();
  const all = ['a', 'b', 'c'].map((prefix) => manyOf(prefix, 300));
  for (const names of all) assets.putInForce(publishedOf(...names));
  const [older = [], before = [], inForce = []] = await Promise.all(
    all.map(async (names) => await Promise.all(names.map(isThere))),
  );
  expect(inForce.filter((is) => is)).toHaveLength(300);
  expect(before.filter((is) => is)).toHaveLength(300);
  expect(older.filter((is) => is)).toHaveLength(64);
  expect(older.slice(-64)).not.toContain(false);
});

it('what a variant publishes while its configuration is in force is there at once', async () => {
  const { assets, isThere } = start();
  const published = createPublished();
  assets.putInForce(published);
  expect(await isThere('late')).toBe(false);
  published.add([scriptOf('late')]);
  expect(await isThere('late')).toBe(true);
});

it('a variant that is picked all the time stays, however many others strangers have made', async () => {
  const { assets, isThere } = start();
  const published = publishedOf('mine');
  assets.putInForce(published);
  for (const name of manyOf('other', 1000)) {
    published.add([scriptOf(name)]);
    published.add([scriptOf('mine')]);
  }
  expect(await isThere('mine')).toBe(true);
  expect(await isThere('other0')).toBe(false);
});
