import { expect, it } from 'vitest';
import { freePort } from '../../support/network/free-port.ts';
import { admit, findTroubles } from '../../support/program/doctor-fixture.ts';

it('a service that does not answer is told for each channel, with the fix, and no token', async () => {
  const nobody = `http://127.0.0.1:${await freePort()}`;
  const token = 'abcdefghijklmnopqrstuvwxyzABCDEFGH';
  const { folder } = await admit({
    lines: {
      telegram: `{ token: '123456:${token}', apiUrl: '${nobody}' }`,
      discord: `{ token: ${token}, apiUrl: '${nobody}' }`,
      matrix: `{ accessToken: ${token}, homeserver: '${nobody}' }`,
      webhook: `{ url: '${nobody}', format: ntfy, token: ${token} }`,
    },
  });
  const troubles = await findTroubles(folder);
  for (const name of ['telegram', 'discord', 'matrix', 'webhook'])
    expect(troubles, `${name} failed`).toHaveProperty(name);
  expect(troubles).not.toHaveProperty('mail');
  expect(JSON.stringify(troubles)).not.toContain(token);
});
