import { expect, test } from 'vitest';
import { dkimRecord } from '../../../server/config/mail-files.ts';
import type { ResetConfig } from '../../../server/config/reset-config.ts';
import { checkDkim } from '../../../server/doctor/dkim-check.ts';
import { RSA } from '../../support/mail/load-mail.ts';

const signing = (dkim: object | undefined) => ({ channels: { email: { dkim } } }) as unknown as ResetConfig;
const reset = signing({ domain: 'example.org', selector: 'mail', key: RSA.privateKey });
const record = dkimRecord(RSA.privateKey);
const dnsFault = (code: string) => () => Promise.reject(Object.assign(new Error(code), { code }));

test('nothing is said where nothing is signed', async () => {
  expect(await checkDkim(undefined)).toBeUndefined();
  expect(await checkDkim(signing(undefined))).toBeUndefined();
});

test('the record that belongs to the key is fine, in pieces too', async () => {
  const asked: string[] = [];
  const found = await checkDkim(reset, async (name) => {
    asked.push(name);
    return [['v=spf1 -all'], [record.slice(0, 200), record.slice(200)]];
  });
  expect(found?.state).toBe('fine');
  expect(asked).toEqual(['mail._domainkey.example.org']);
});

test.each([
  ['none', dnsFault('ENOTFOUND'), /has no TXT record for mail\._domainkey\.example\.org/],
  ['another key', async () => [['v=DKIM1; p=MIIB']], /has another key/],
  ['a key that was withdrawn', async () => [['v=DKIM1; p=']], /has another key/],
])('%s is red, with the record to publish', async (_name, resolve, says) => {
  const found = await checkDkim(reset, resolve);
  expect(found).toMatchObject({ name: 'dkim', state: 'failed', says: expect.stringMatching(says) });
  expect(found?.fix).toContain(record);
  expect(JSON.stringify(found)).not.toContain('PRIVATE');
});

test('a DNS that does not answer is a warning', async () => {
  expect(await checkDkim(reset, dnsFault('ETIMEOUT'))).toMatchObject({ state: 'warning' });
});
