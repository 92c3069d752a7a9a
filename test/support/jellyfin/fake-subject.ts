import { randomBytes } from 'node:crypto';
import { createFakeJellyfin, type FakeJellyfinOptions } from '../../jellyfin/fake-jellyfin.ts';
import { administratorToken, type Subject } from './subject.ts';

/** Starts a fake with users alice and bob and an API key; 10.8 takes only an administrator's token for one. */
export async function createFakeSubject(options: FakeJellyfinOptions): Promise<Subject> {
  const apiKey = randomBytes(16).toString('hex');
  const fake = await createFakeJellyfin({ apiKeys: [apiKey], knownProxies: ['127.0.0.1'], ...options });
  const users = ['alice', 'bob'].map((name) => ({
    id: fake.user(name).id,
    name,
    password: fake.user(name).password ?? '',
  }));
  const key =
    options.version === '10.8.13' ? await administratorToken(fake.url, 'admin', 'admin-pw-1') : apiKey;
  return { url: fake.url, apiKey: key, users, fake, close: () => fake.close() };
}
