import { createPublicKey } from 'node:crypto';
import { Resolver } from 'node:dns/promises';
import type { z } from 'zod';
import { dkimRecord, readDkimKey } from '../config/mail-files.ts';
import type { ResetConfig } from '../config/reset-config.ts';
import type { mailSection } from '../config/sections/mail.ts';
import { type Finding, failed, fine, warning } from './finding.ts';

/** TXT records of a name, each in its pieces. */
type ResolveTxt = (name: string) => Promise<readonly (readonly string[])[]>;

/** How long DNS may take, with one further try. */
const DNS_TIMEOUT_MS = 5_000;

/**
 * Checks whether DNS has the public key that belongs to the one mails are signed with: without it, a signature does more
 * harm than none. Undefined where nothing is signed. Never rejects.
 *
 * @param resolveTxt For tests.
 */
export async function checkDkim(
  reset: ResetConfig | undefined,
  resolveTxt: ResolveTxt = (name) => new Resolver({ timeout: DNS_TIMEOUT_MS, tries: 2 }).resolveTxt(name),
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
  let records: readonly string[];
  try {
    records = (await resolveTxt(name)).map((pieces) => pieces.join(''));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    if (code === 'ENOTFOUND' || code === 'ENODATA')
      return failed(check, `DNS has no TXT record for ${name}, so that nobody can check signatures.`, fix);
    return warning(
      check,
      `DNS could not be asked for ${name} (${code}).`,
      'Look at the DNS of this machine.',
    );
  }
  const published = records.map((record) => /(?:^|;)\s*p=([^;]*)/.exec(record)?.[1]?.replace(/\s/g, ''));
  if (published.includes(publicKeyOf(key.value)))
    return fine(check, `Mails are signed, and ${name} has the key that belongs to it.`);
  return failed(check, `The TXT record of ${name} has another key than mails are signed with.`, fix);
}

function publicKeyOf(privateKey: string): string {
  return createPublicKey(privateKey).export({ type: 'spki', format: 'der' }).toString('base64');
}
