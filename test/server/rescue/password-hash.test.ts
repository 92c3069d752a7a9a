import { describe, expect, test } from 'vitest';
import { hashPassword } from '../../../server/rescue/password-hash.ts';

describe('the hash of a password', () => {
  test('is what Jellyfin makes of the same password, salt and iterations', async () => {
    const salt = Buffer.from('00112233445566778899AABBCCDDEEFF', 'hex');
    expect(await hashPassword('s3cret-ü', 210_000, salt)).toBe(
      '$PBKDF2-SHA512$iterations=210000$00112233445566778899AABBCCDDEEFF$' +
        '4D3DBBDFA4C1647E2B098C13DA0018D5F860B602E8C5498BDA3B6E3F737703F6' +
        'C500DB8295D486A94ADFB497B8CBC36889602BDB93F73866CA28AE290C01C123',
    );
  });

  test('has a salt of its own each time', async () => {
    const [one, other] = [await hashPassword('same', 1_000), await hashPassword('same', 1_000)];
    expect(one).toMatch(/^\$PBKDF2-SHA512\$iterations=1000\$[0-9A-F]{32}\$[0-9A-F]{128}$/);
    expect(one).not.toBe(other);
  });
});
