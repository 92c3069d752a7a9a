import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exchangeRaw } from '../recordings/raw-exchange.ts';
import { createFakeJellyfin, type FakeJellyfin } from './fake-jellyfin.ts';

const BODY = '{"EnteredUsername":"nobody"}';

async function post(fake: FakeJellyfin, path: string): Promise<number> {
  const head = `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1:${fake.port}\r\nContent-Type: application/json\r\n`;
  const bytes = Buffer.from(`${head}Content-Length: ${BODY.length}\r\n\r\n${BODY}`);
  return (await exchangeRaw(fake.port, bytes, false)).status;
}

const REACHING = [
  '/users/FORGOTPASSWORD',
  '/Users/ForgotPassword/',
  '/U%73ers/%46orgotPassword',
  '/Users/./ForgotPassword',
  '/x/../Users/ForgotPassword',
  '/x/%2e%2e/Users/ForgotPassword',
  '/Users/ForgotPassword/x/..',
  '/Users/ForgotPassword?x=%2F',
];

const MISSING: readonly (readonly [string, number])[] = [
  ['/Users/ForgotPassword//', 404],
  ['//Users/ForgotPassword', 404],
  ['/Users//ForgotPassword', 404],
  ['/Users%2FForgotPassword', 404],
  ['/Users%5CForgotPassword', 404],
  ['/Users/ForgotPassword;x', 401],
  ['/Users/ForgotPassword%20', 401],
  ['/Users/%2546orgotPassword', 401],
  ['/Users/Forgotpa%C5%BFsword', 401],
  ['/Users/ForgotPassword%00', 400],
  ['/emby/emby/Users/ForgotPassword', 404],
];

describe.each(['10.8.13', '12.0'] as const)('on %s a path', (version) => {
  let fake: FakeJellyfin;
  beforeAll(async () => {
    fake = await createFakeJellyfin({ version });
  });
  afterAll(() => fake.close());

  test.each(REACHING)('%s reaches ForgotPassword', async (path) => {
    expect(await post(fake, path)).toBe(200);
  });

  test.each(MISSING)('%s does not, and answers %d', async (path, status) => {
    expect(await post(fake, path)).toBe(status);
  });

  test.each([
    ['/emby/Users/ForgotPassword', 200],
    ['/MediaBrowser/Users/ForgotPassword', 200],
    ['/%65mby/Users/ForgotPassword', 200],
    ['/embyfoo/Users/ForgotPassword', 400],
  ])('%s is read without its old prefix up to 10.11', async (path, status) => {
    expect(await post(fake, path)).toBe(version === '12.0' ? 404 : status);
  });

  test('in absolute form counts if it names this server, else is refused', async () => {
    expect(await post(fake, `http://127.0.0.1:${fake.port}/Users/ForgotPassword`)).toBe(200);
    expect(await post(fake, 'http://other.example/Users/ForgotPassword')).toBe(400);
  });
});
