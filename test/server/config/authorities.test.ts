import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { explainDistrust, readAuthority } from '../../../server/config/files.ts';
import { tempFolder } from '../../support/files/temp-folder.ts';

describe('readAuthority', () => {
  it('refuses a file without a certificate, which Node would take in silence, and names the setting', async () => {
    const file = join(await tempFolder(), 'key.pem');
    await writeFile(file, '-----BEGIN PRIVATE KEY-----\nhunter2\n');
    for (const section of ['jellyfin', 'service'] as const) {
      const reading = readAuthority(file, section);
      await expect(reading).rejects.toThrow(`${section}.caFile: ${file} holds no certificate in PEM`);
      await expect(reading).rejects.not.toThrow('hunter2');
    }
  });

  it('names the setting whose file is not there', async () => {
    const file = join(await tempFolder(), 'ca.pem');
    await expect(readAuthority(file, 'service')).rejects.toThrow(/^service\.caFile: .* cannot be read/);
  });
});

describe('explainDistrust', () => {
  it.each([
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'jellyfin', /name the file of the authority .* in jellyfin\.caFile$/],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'service', /name the file of the authority .* in service\.caFile$/],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'jellyfin', /write the name it is for into jellyfin\.url$/],
    ['CERT_HAS_EXPIRED', 'service', /not valid today .* renew it/],
  ] as const)('%s of %s', (code, section, expected) => {
    expect(explainDistrust(code, section)).toMatch(expected);
  });

  it('says nothing of what is no matter of certificates', () => {
    expect(explainDistrust('ECONNREFUSED', 'jellyfin')).toBeUndefined();
  });
});
