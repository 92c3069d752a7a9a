import { clientNetwork } from '../../injector/addresses/client-network.ts';
import type { CodeOutcome, CodeRequest, SendCode } from '../http/use-cases.ts';
import type { Logger } from '../log/log.ts';
import type { Clock } from '../ports/clock.ts';
import type { CodeDelivery } from '../ports/code-delivery.ts';
import { type Limits, waitSecondsUntil } from '../ports/limits.ts';
import type { ResetCodes } from '../ports/reset-codes.ts';
import type { ResetLinks } from '../ports/reset-links.ts';
import { createTypedCode } from '../secrets/contact-code.ts';
import type { ResetCodeHash } from '../secrets/reset-code.ts';
import { hashToken } from '../secrets/token.ts';
import type { Proofs } from './proofs.ts';
import type { RequestLimits } from './request-reset.ts';
import type { SecondChannel } from './second-channel.ts';

/** How long a code works, in milliseconds. Source: ASVS 5.0 6.5.5. */
export const RESET_CODE_MS = 10 * 60_000;

const HOUR_MS = 60 * 60_000;

/** Codes for one account, over all of its links. */
export const CODES_PER_ACCOUNT = { points: 6, windowMs: HOUR_MS };

/** Codes that a client network asks for. */
export const CODES_PER_NETWORK = { points: 20, windowMs: HOUR_MS };

/** What sending codes needs of the world. */
export interface SendCodeParts {
  /** Undefined: no link needs a code. */
  readonly secondChannel: Pick<SecondChannel, 'needOf'> | undefined;
  readonly links: Pick<ResetLinks, 'look'>;
  readonly codes: Pick<ResetCodes, 'wayOf' | 'keep'>;
  readonly delivery: CodeDelivery;
  /** The same as that of the second channel. */
  readonly hashCode: ResetCodeHash;
  readonly limits: Limits;
  /** Says when whoever asks has to work for it. */
  readonly requestLimits: Pick<RequestLimits, 'needsProof'>;
  readonly proofs: Proofs;
  readonly clock: Clock;
  readonly log: Logger;
}

/**
 * Makes the use case. A code goes to all verified contacts on other channels than the one that carried this link, so whoever has
 * one mailbox, or one telephone, has one half. Source: ASVS 5.0 6.5.2, 6.6.2, 6.6.3.
 */
export function createSendCode(parts: SendCodeParts): SendCode {
  const { links, codes, delivery, limits, clock, log } = parts;

  /** Whether the link needs a code; else what is answered in its place. */
  async function findObstacle(tokenHash: string, userId: string): Promise<CodeOutcome | undefined> {
    const { secondChannel } = parts;
    if (secondChannel === undefined) return { kind: 'not-needed' };
    try {
      const need = await secondChannel.needOf(tokenHash, userId);
      return need === 'needed' ? undefined : { kind: 'not-needed' };
    } catch (err) {
      log.warn({ event: 'account-not-found-out', userId, err });
      return { kind: 'unreachable' };
    }
  }

  async function takeAllowance(userId: string, clientAddress: string): Promise<CodeOutcome | undefined> {
    const now = clock.now();
    const taken = [
      await limits.take(`reset-code:${clientNetwork(clientAddress)}`, CODES_PER_NETWORK, now),
      await limits.take(`reset-code:#${userId}`, CODES_PER_ACCOUNT, now),
    ];
    const over = taken.filter(({ isWithin }) => !isWithin);
    if (over.length === 0) return undefined;
    const endsAt = Math.max(...over.map((one) => one.endsAt));
    return { kind: 'limited', waitSeconds: waitSecondsUntil(endsAt, now) };
  }

  return {
    async send({ token, clientAddress, acceptLanguage, proof }: CodeRequest): Promise<CodeOutcome> {
      const tokenHash = hashToken(token);
      const link = await links.look(tokenHash, clock.now());
      if (link.state !== 'open') return { kind: link.state };
      const { userId, userName } = link;
      const obstacle = await findObstacle(tokenHash, userId);
      if (obstacle !== undefined) return obstacle;
      const needsProof = await parts.requestLimits.needsProof(clientAddress);
      if (needsProof && (proof === undefined || !(await parts.proofs.spend(proof))))
        return { kind: 'proof-needed', challenge: await parts.proofs.challenge() };
      const way = await codes.wayOf(tokenHash);
      // How a link of an earlier version came is not known, and so not which other way there is.
      if (way?.kind !== 'message' || way.channel === undefined) return { kind: 'expired' };
      const about = { userId, userName, clientAddress };
      const to = await delivery.contactsBesides(userId, way.channel);
      if (to.length === 0) {
        log.warn({ event: 'reset-code-not-sent', ...about, outcome: 'no-second-channel' });
        return { kind: 'no-second-channel' };
      }
      const limited = await takeAllowance(userId, clientAddress);
      if (limited !== undefined) {
        log.warn({ event: 'reset-limited', limit: 'codes', ...about });
        return limited;
      }
      const code = createTypedCode();
      const now = clock.now();
      const hash = parts.hashCode(code, userId);
      const kept = await codes.keep(tokenHash, { hash, expiresAt: now + RESET_CODE_MS }, now);
      if (kept.state === 'too-many') return { kind: 'used-up' };
      if (kept.state !== 'kept') return { kind: kept.state };
      const message = { userId, userName, code, lifetimeMs: RESET_CODE_MS, acceptLanguage };
      const channels = await delivery.deliver(message, to);
      if (channels.length === 0) return { kind: 'not-sent' };
      log.info({ event: 'reset-code-sent', ...about, channels: channels.map(({ channel }) => channel) });
      return { kind: 'sent', channels };
    },
  };
}
