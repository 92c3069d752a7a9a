import { isIP } from 'node:net';
import type { z } from 'zod';
import type { ResetConfig } from '../config/reset-config.ts';
import type { mailSection } from '../config/sections/mail.ts';
import { type Finding, failed, fine, skipped, warning } from './finding.ts';
import { type ResolveTxt, readTextRecords, resolveTxt } from './text-records.ts';

/** Names no mail is from. Source: RFC 2606, RFC 6762, RFC 8375, RFC 9476 and ICANN's `internal`. */
const PRIVATE =
  /(?:^|\.)(?:example(?:\.(?:com|net|org))?|test|invalid|localhost|local|lan|home|internal|alt|home\.arpa)$/i;

/**
 * Looks whether DNS says for the domain of `mail.from` who may send for it (SPF), and what becomes of mails that fail (DMARC):
 * without them, many mailboxes take messages for spam. Empty where no mails are sent, and for names no mail is from. Which of
 * the servers in SPF is ours, only the one that receives can tell. Never rejects.
 *
 * Source: RFC 7208 sections 3.2, 4.5 and 4.6; RFC 7489 sections 6.1 and 6.6.3.
 *
 * @param resolve For tests.
 */
export async function checkSenderDns(
  reset: ResetConfig | undefined,
  resolve: ResolveTxt = resolveTxt,
): Promise<Finding[]> {
  const mail = reset?.channels['email'] as z.output<typeof mailSection> | undefined;
  if (mail === undefined) return [];
  const domain = mail.from.address.slice(mail.from.address.lastIndexOf('@') + 1).toLowerCase();
  if (!domain.includes('.') || /[[:]/.test(domain) || isIP(domain) !== 0 || PRIVATE.test(domain)) return [];
  const [own, policies] = await Promise.all([
    readTextRecords(domain, resolve),
    findPolicies(domain, resolve),
  ]);
  return [explainSpf(domain, own), explainDmarc(domain, policies)];
}

type Records = readonly string[] | { readonly code: string };

const unasked = (name: string, domain: string, code: string): Finding =>
  skipped(name, `DNS could not be asked for ${domain} (${code}).`);

function explainSpf(domain: string, records: Records): Finding {
  const name = 'spf';
  if ('code' in records) return unasked(name, domain, records.code);
  const found = records.filter((record) => /^v=spf1(?: |$)/i.test(record));
  const [record] = found;
  const add = `Publish one TXT record for ${domain}, as your mail provider words it, such as "v=spf1 include:spf.provider.example ~all"; with a server of your own "v=spf1 mx ~all".`;
  if (record === undefined)
    return warning(
      name,
      `DNS does not say who may send mail for ${domain} (no SPF): mailboxes may take messages for spam, for everybody.`,
      add,
    );
  if (found.length > 1)
    return failed(
      name,
      `${domain} has ${found.length} SPF records, which counts as broken: mailboxes refuse messages or take them for spam.`,
      `Make one of them, and delete the others.`,
    );
  const [, ...terms] = record.trim().split(/ +/);
  const isNobody = terms.every((term) => /^[-~?]all$/i.test(term));
  if (isNobody && terms.some((term) => /^-all$/i.test(term)))
    return failed(
      name,
      `DNS says that nobody may send mail for ${domain} (${record}): messages are refused.`,
      add,
    );
  return fine(name, `DNS says who may send mail for ${domain}.`);
}

/** That of the domain, or of the nearest above it, as long as that has a dot. */
async function findPolicies(domain: string, resolve: ResolveTxt): Promise<Records> {
  const labels = domain.split('.').slice(-5);
  for (let from = 0; from < labels.length - 1; from += 1) {
    const records = await readTextRecords(`_dmarc.${labels.slice(from).join('.')}`, resolve);
    if ('code' in records) return records;
    const found = records.filter((record) => /^v=DMARC1\s*(?:;|$)/.test(record));
    if (found.length > 0) return found;
  }
  return [];
}

function explainDmarc(domain: string, policies: Records): Finding {
  const name = 'dmarc';
  if ('code' in policies) return unasked(name, domain, policies.code);
  const [policy] = policies;
  if (policy === undefined)
    return warning(
      name,
      `DNS has no DMARC policy for ${domain}: large mailboxes take messages for spam more often, and anybody may write in its name.`,
      `Publish a TXT record for _dmarc.${domain}: "v=DMARC1; p=none", and a stricter p later.`,
    );
  if (policies.length > 1)
    return warning(
      name,
      `${domain} has ${policies.length} DMARC policies, so none counts.`,
      'Keep one of them.',
    );
  return fine(
    name,
    `DNS has a DMARC policy for ${domain} (p=${/;\s*p=(\w+)/i.exec(policy)?.[1] ?? 'none'}).`,
  );
}
