/** What a server's answer to one recipient or message is about. */
export type RefusalTopic =
  /** There is no such address, or it takes no mail any more: a bounce. */
  | 'address'
  /** We are not let send at all: any other message would fare the same. */
  | 'us'
  /** This message, or how this server thinks of us; the address may be a good one. */
  | 'message';

/** We may not send, whoever it is to. Said at RCPT TO by servers that look at everything there. */
const ABOUT_US: readonly RegExp[] = [
  /\brelay/i,
  /\bsender (?:address )?(?:rejected|denied|refused|verif|not allowed|unknown)/i,
  /\bclient host (?:rejected|blocked)/i,
  /\bauthentication (?:is )?required|must authenticate|not authenticated/i,
];

/** What a refusal of policy says; then it tells nothing of the address. */
const POLICY =
  /\b(?:spam|junk|block(?:ed|list)?|blacklist|black-?listed|rbl|dnsbl|reputation|polic(?:y|ies)|spf|dkim|dmarc|banned|suspicious|virus|rate|quota|full|too (?:many|large|big)|denied|unauthenticated)\b/i;

/** Microsoft says so of an address it does not have. Source: learn.microsoft.com, "Use Directory-Based Edge Blocking". */
const EDGE_BLOCKED = /^5\d\d 5\.4\.1 .*recipient address rejected/i;

/** Enhanced codes that tell of the address: 5.1.x but of the sender's (5.1.7, 5.1.8) and of 5.1.9, and 5.2.1, a mailbox that is closed. Source: RFC 3463 section 3.2 and 3.3; RFC 7505. */
const ADDRESS_CODE = /^5\.(?:1\.(?:[0-6]|10)|2\.1)$/;

/** Basic codes that tell of it, where no other is said: no mailbox, not here, no such name. Source: RFC 5321 section 4.2.3. */
const ADDRESS_STATUS: readonly number[] = [550, 551, 553];

/**
 * Says what a permanent refusal is about. In doubt not about the address: whoever is marked as not to be reached gets no
 * messages any more.
 *
 * @param command `RCPT TO` or `DATA`.
 * @param response The server's answer, with its codes.
 */
export function topicOf(command: string, response: string): RefusalTopic {
  const isRecipient = command === 'RCPT TO';
  if (isRecipient && ABOUT_US.some((pattern) => pattern.test(response))) return 'us';
  const status = Number(response.slice(0, 3));
  if (!(status >= 500)) return 'message';
  const enhanced = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1];
  if (enhanced !== undefined) {
    if (EDGE_BLOCKED.test(response)) return 'address';
    return ADDRESS_CODE.test(enhanced) && !/\bsender\b/i.test(response) ? 'address' : 'message';
  }
  const isAddress = isRecipient && ADDRESS_STATUS.includes(status) && !POLICY.test(response);
  return isAddress ? 'address' : 'message';
}
