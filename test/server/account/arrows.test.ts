import { readdirSync, readFileSync } from 'node:fs';
import { join, normalize, relative } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../../..');
const ROOM = 'server/account';

/** What use cases of My Account may know: ports, the contract, and what of other use cases is theirs to use. */
const MAY_KNOW = [
  /^server\/(ports|log|secrets)\//,
  /^server\/http\/(contract|account-contract|link-contract|reminder-contract|account-use-cases|wrong-tokens)\.ts$/,
  /^server\/reset\/(password-rules|session-ending-accounts)\.ts$/,
  /^server\/(outbox\/contact-messages|messages\/messages)\.ts$/,
  /^injector\/(kit\/translations|addresses\/client-network|answers\/reset-port)\.ts$/,
];

it('use cases of My Account know ports, not adapters; what puts them together knows both', () => {
  const files = readdirSync(join(ROOT, ROOM)).filter((name) => name !== 'compose.ts');
  const known = files.flatMap((name) =>
    [...readFileSync(join(ROOT, ROOM, name), 'utf8').matchAll(/from '(\.\.\/[^']+)'/g)].map(([, to = '']) =>
      relative(ROOT, join(ROOT, normalize(join(ROOM, to)))),
    ),
  );
  expect(known.length).toBeGreaterThan(40);
  expect(known.filter((file) => !MAY_KNOW.some((place) => place.test(file)))).toEqual([]);
});
