import { createPublicKey } from 'node:crypto';
import type { z } from 'zod';
import { dkimRecord, readDkimKey } from '../config/mail-files.ts';
import type { ResetConfig } from '../config/reset-config.ts';
import type { mailSection } from '../config/sections/mail.ts';
import { type Finding, failed, fine, warning } from './finding.ts';
import { type ResolveTxt, readTextRecords, resolveTxt } from './text-records.ts';

/**
 * Checks whether DNS has the public key that belongs to the one mails are signed with: without it, a signature does more
 * harm than none. Undefined where nothing is signed. Never rejects.
 *
 * @param resolve For tests.
 */
export async function checkDkim(
  reset: ResetConfig | undefined,
  resolve: ResolveTxt = resolveTxt,
): Promise<Finding | undefined> {
  const dkim = (reset?.channels['email'] as z.output<typeof mailSection> | undefined)?.dkim;
  if (dkim === undefined) return undefined;
  const check = 'dkim';
  const key = await readDkimKey(dkim);
  // The load of the configuration has told of it.
  if ('fault' in key)
    return failed(check, `The key of mail.dkim cannot be used: it ${key.fault}.`, 'Mend it.');
  const name = `${dkim.selector}._domainkey.${dkim.domain}`;
  const fix = `Publish this TXT record for ${name}: ${dkimRecord(key.value)}`;
  const records = await readTextRecords(name, resolve);
  if ('code' in records)
    return warning(
      check,
      `DNS could not be asked for ${name} (${records.code}).`,
      'Look at the DNS of this machine.',
    );
  if (records.length === 0)
    return failed(check, `DNS has no TXT record for ${name}, so that nobody can check signatures.`, fix);
  const published = records.map((record) => /(?:^|;)\s*p=([^;]*)/.exec(record)?.[1]?.replace(/\s/g, ''));
  if (published.includes(publicKeyOf(key.value)))
    return fine(check, `Mails are signed, and ${name} has the key that belongs to it.`);
  return failed(check, `The TXT record of ${name} has another key than mails are signed with.`, fix);
}

function publicKeyOf(privateKey: string): string {
  return createPublicKey(privateKey).export({ type: 'spki', format: 'der' }).toString('base64');
}
