import { expect, it } from 'vitest';
import type { ResetConfig } from '../../../server/config/reset-config.ts';
import { checkSenderDns } from '../../../server/doctor/sender-dns-check.ts';

const from = (address: string): ResetConfig =>
  ({ channels: { email: { from: { name: '', address } } } }) as unknown as ResetConfig;

/** Asks a DNS that has these records, and no other name. */
const ask = (records: Record<string, readonly string[]>, address = 'films@mail.gatehouse.dev') =>
  checkSenderDns(from(address), async (name) => {
    const found = records[name];
    if (found === undefined) throw Object.assign(new Error('none'), { code: 'ENOTFOUND' });
    return found.map((record) => [record.slice(0, 5), record.slice(5)]);
  });

const SPF = { 'mail.gatehouse.dev': ['v=spf1 include:spf.provider.dev ~all', 'other=1'] };
const DMARC = { '_dmarc.gatehouse.dev': ['v=DMARC1; p=quarantine'] };

it('is fine with SPF of the domain and DMARC of the one above it', async () => {
  expect(await ask({ ...SPF, ...DMARC })).toEqual([
    { name: 'spf', state: 'fine', says: 'DNS says who may send mail for mail.gatehouse.dev.' },
    { name: 'dmarc', state: 'fine', says: 'DNS has a DMARC policy for mail.gatehouse.dev (p=quarantine).' },
  ]);
});

it('warns where there is neither, with the record to publish', async () => {
  expect(await ask({})).toMatchObject([
    { name: 'spf', state: 'warning', fix: expect.stringContaining('v=spf1') },
    { name: 'dmarc', state: 'warning', fix: expect.stringContaining('_dmarc.mail.gatehouse.dev') },
  ]);
});

it('fails with two SPF records, and with one that lets nobody send', async () => {
  const spfOf = async (...records: string[]) => (await ask({ 'mail.gatehouse.dev': records, ...DMARC }))[0];
  expect(await spfOf('v=spf1 mx ~all', 'v=spf1 a ~all')).toMatchObject({
    state: 'failed',
    says: expect.stringContaining('2 SPF records'),
  });
  expect(await spfOf('v=spf1 -all')).toMatchObject({
    state: 'failed',
    says: expect.stringContaining('nobody may send'),
  });
  expect((await spfOf('v=spf10 mx'))?.state).toBe('warning');
});

it('warns of two DMARC policies', async () => {
  const two = { '_dmarc.gatehouse.dev': ['v=DMARC1; p=none', 'v=DMARC1; p=reject'] };
  expect((await ask({ ...SPF, ...two }))[1]).toMatchObject({
    state: 'warning',
    says: expect.stringContaining('2 DMARC policies'),
  });
});

it('skips both where no name server answers', async () => {
  const silent = () => Promise.reject(Object.assign(new Error('late'), { code: 'ETIMEOUT' }));
  expect(await checkSenderDns(from('a@gatehouse.dev'), silent)).toMatchObject([
    { name: 'spf', state: 'skipped', says: expect.stringContaining('ETIMEOUT') },
    { name: 'dmarc', state: 'skipped' },
  ]);
});

it('asks nothing for names no mail is from, and where no mails are sent', async () => {
  const never = () => Promise.reject(new Error('was asked'));
  for (const domain of ['example.org', 'nas.local', 'localhost', '[192.0.2.1]', 'films.home.arpa'])
    expect(await checkSenderDns(from(`a@${domain}`), never)).toEqual([]);
  expect(await checkSenderDns(undefined, never)).toEqual([]);
});
