import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ACCOUNT_CALLS, OWN_CALLS, OWN_FILES, OWN_PAGES } from '../../support/reset/own-routes.ts';

const ROUTES = join(import.meta.dirname, '../../../server/http/routes');

it('the tests of our own routes know every route there is', () => {
  const sources = readdirSync(ROUTES).map((name) => readFileSync(join(ROUTES, name), 'utf8'));
  const found = sources.flatMap((source) => [
    ...source.matchAll(/'(\/(?:api\/)?[a-z-]+(?:\.(?:txt|svg))?)'/g),
  ]);
  const paths = new Set(
    found.map(([, path = '']) => path).filter((path) => !/^\/(?:api|assets|api\/admin)$/.test(path)),
  );
  expect(paths.size).toBeGreaterThan(6);
  const known = new Set([...OWN_PAGES, ...OWN_FILES, ...Object.keys(OWN_CALLS)]);
  expect([...paths].filter((path) => !known.has(path))).toEqual([]);
  const account = readFileSync(join(ROUTES, 'account.ts'), 'utf8');
  const calls = [...account.matchAll(/^ {2}(?:open|own|change)\('([a-z/-]+)'/gm)].map(([, path]) => path);
  expect(calls.sort()).toEqual(Object.keys(ACCOUNT_CALLS).sort());
});
