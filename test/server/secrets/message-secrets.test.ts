import { describe, expect, test } from 'vitest';
import {
  createMessageKey,
  createMessageSalt,
  createMessageSecrets,
} from '../../../server/secrets/message-secrets.ts';
import { readPin } from '../../../server/secrets/pin.ts';

const SALT = createMessageSalt();
const MESSAGE = { key: '0b5a4e2e-2f5f-4d4b-9d1c-6a7d3b1e0c11', secretVersion: 0 };
const secretsOf = (apiKey: string | undefined, salt = SALT) =>
  createMessageSecrets(createMessageKey(salt, apiKey));

describe('the secret of a message', () => {
  test('is the same for the same message, in every process with the same API key and database', () => {
    expect(secretsOf('a'.repeat(32)).token(MESSAGE)).toBe(secretsOf('a'.repeat(32)).token(MESSAGE));
    expect(secretsOf('a'.repeat(32)).pin(MESSAGE)).toBe(secretsOf('a'.repeat(32)).pin(MESSAGE));
  });

  test('has the form of any other: 43 characters, or a PIN of 16 signs', () => {
    expect(secretsOf('a'.repeat(32)).token(MESSAGE)).toMatch(/^[A-Za-z0-9_-]{43}$/);
    const pin = secretsOf('a'.repeat(32)).pin(MESSAGE);
    expect(readPin(pin)).toBe(pin);
  });

  test.each([
    ['another message', () => secretsOf('a'.repeat(32)).token({ ...MESSAGE, key: 'other' })],
    ['its next version', () => secretsOf('a'.repeat(32)).token({ ...MESSAGE, secretVersion: 1 })],
    ['another API key', () => secretsOf('b'.repeat(32)).token(MESSAGE)],
    ['another database', () => secretsOf('a'.repeat(32), createMessageSalt()).token(MESSAGE)],
    ['a process that has no API key', () => secretsOf(undefined).token(MESSAGE)],
  ])('is not that of %s', (_whose, other) => {
    expect(other()).not.toBe(secretsOf('a'.repeat(32)).token(MESSAGE));
  });

  test('cannot be made by whoever has the database alone', () => {
    const guesses = [SALT, '', MESSAGE.key, undefined].map((guess) => secretsOf(guess).token(MESSAGE));
    expect(guesses).not.toContain(secretsOf('a'.repeat(32)).token(MESSAGE));
    expect(secretsOf(undefined).token(MESSAGE)).not.toBe(secretsOf(undefined).token(MESSAGE));
  });

  test('differs for 10,000 messages, and every position takes all signs', () => {
    const { token, pin } = secretsOf('a'.repeat(32));
    const keys = Array.from({ length: 10_000 }, (_, n) => ({ ...MESSAGE, key: `message-${n}` }));
    const pins = new Set(keys.map(pin));
    expect(new Set(keys.map(token)).size).toBe(10_000);
    expect(pins.size).toBe(10_000);
    for (let at = 0; at < 16; at++) expect(new Set([...pins].map((one) => one[at])).size).toBe(32);
  });
});
