import { z } from 'zod';
import type { SendOutcome } from '../../ports/channel.ts';
import type { ServiceAnswer } from '../service-call.ts';
import {
  ofLimit,
  ofRefusedToken,
  ofStrangeAnswer,
  readRetryAfter,
  type ServiceWords,
  toPause,
} from '../service-outcome.ts';

/** What sentences about Discord are made of. */
export const DISCORD: ServiceWords = { name: 'Discord', place: 'discord.apiUrl', token: 'discord.token' };

/** Source: discord.com/developers/docs/reference#error-messages, /topics/rate-limits#exceeding-a-rate-limit. */
const Refusal = z.looseObject({
  code: z.int().optional().catch(undefined),
  retry_after: z.number().optional().catch(undefined),
  global: z.boolean().optional().catch(undefined),
});

/**
 * Codes that say that this person cannot be written to: no such user (10013), not by a bot (50007, also when they blocked it
 * or take no messages of strangers), no server in common (50278), no valid recipient (50033).
 * Source: discord.com/developers/docs/topics/opcodes-and-status-codes#json.
 */
const NOBODY = new Set([10_013, 50_007, 50_278, 50_033]);

/** Direct messages are opened too fast. Source: the same page. */
const TOO_FAST = 40_003;

/** What an answer means that is no success. Discord's own words are left out: they may repeat what was sent. */
export function ofDiscordRefusal(answer: Extract<ServiceAnswer, { kind: 'answered' }>): SendOutcome {
  const { status, headers } = answer;
  const read = Refusal.safeParse(answer.json);
  const { code, retry_after: seconds, global: isGlobal } = read.success ? read.data : {};
  if (status === 401) return ofRefusedToken(DISCORD);
  if (status === 429) {
    const pauseMs = seconds === undefined ? readRetryAfter(headers) : toPause(seconds * 1000);
    // Whatever is not of one channel or call is of the bot; without JSON it is the network's, for this address.
    const isWhole = isGlobal === true || headers.get('x-ratelimit-scope') === 'global' || !read.success;
    return ofLimit(DISCORD, pauseMs, isWhole);
  }
  if (code !== undefined && NOBODY.has(code)) {
    const detail = `Discord does not let the bot write to this person (code ${code}); they must share a server with it, take direct messages there, and not have blocked it.`;
    return { kind: 'permanent', detail, isAddressRefused: true };
  }
  if (code === TOO_FAST) return ofLimit(DISCORD, readRetryAfter(headers), true);
  if (code !== undefined && (status === 400 || status === 403))
    return { kind: 'permanent', detail: `Discord refused the message (status ${status}, code ${code}).` };
  return ofStrangeAnswer(DISCORD, answer);
}
