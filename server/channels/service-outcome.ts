import { createRedaction } from '../log/redaction.ts';
import type { SendOutcome } from '../ports/channel.ts';
import type { ServiceAnswer } from './service-call.ts';

/** Longest pause that a service can ask for, in milliseconds: nobody waits longer for a message that somebody asked for. */
export const MOST_RETRY_AFTER_MS = 60 * 60_000;

/** What sentences about a service are made of. */
export interface ServiceWords {
  /** What it is called, with its host where it has one of its own: `Telegram`, `The homeserver matrix.example.org`. */
  readonly name: string;
  /** The setting that says where it is, for whoever has to mend it. */
  readonly place: string;
  /** The setting with the token, for whoever has to mend it. */
  readonly token: string;
}

/** No status came. Said of `check` and `send` alike; `isSend` makes what may have arrived `unconfirmed`. */
export function ofUnanswered(
  { name, place }: ServiceWords,
  answer: Extract<ServiceAnswer, { kind: 'unanswered' }>,
  isSend: boolean,
): SendOutcome {
  if (isSend && answer.isSent) {
    const detail = `${name} ${answer.why}, so the message may have arrived; the next try carries the same link.`;
    return { kind: 'unconfirmed', detail };
  }
  const detail = `${name} ${answer.why}; check ${place} and the network of this machine.`;
  return answer.isAboutTrust === true
    ? { kind: 'unreachable', detail, isAboutTrust: true }
    : { kind: 'unreachable', detail };
}

/** The token was refused: nobody can be sent anything until it is mended. */
export function ofRefusedToken({ name, token }: ServiceWords): SendOutcome {
  return {
    kind: 'unreachable',
    detail: `${name} refuses the token; make a new one and write it to ${token}.`,
  };
}

/** Too many messages. `isWhole`: the limit is of the bot, so that others would fare the same. */
export function ofLimit(
  { name }: ServiceWords,
  retryAfterMs: number | undefined,
  isWhole: boolean,
): SendOutcome {
  const pause = retryAfterMs === undefined ? 'later' : `in ${Math.ceil(retryAfterMs / 1000)} s`;
  const detail = `${name} takes no more messages for now; it will be asked again ${pause}.`;
  return {
    kind: isWhole ? 'unreachable' : 'temporary',
    detail,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}

/** An answer that says nothing of the message: a fault of the service, a redirect, or something else that answers in its place. */
export function ofStrangeAnswer(
  { name, place }: ServiceWords,
  { status, headers }: { readonly status: number; readonly headers: Headers },
): SendOutcome {
  const retryAfterMs = readRetryAfter(headers);
  const pause = retryAfterMs === undefined ? {} : { retryAfterMs };
  if (status >= 500)
    return { kind: 'unreachable', detail: `${name} is out of order (status ${status}).`, ...pause };
  const what = status >= 300 && status < 400 ? 'leads elsewhere' : 'answers in a way Gatehouse does not know';
  const detail = `${name} ${what} (status ${status}); check whether ${place} is that service.`;
  return { kind: 'unreachable', detail, ...pause };
}

/** `Retry-After` in milliseconds: seconds, or a date. Source: RFC 9110 section 10.2.3. */
export function readRetryAfter(headers: Headers, now = Date.now()): number | undefined {
  const written = headers.get('retry-after')?.trim();
  if (written === undefined || written === '') return undefined;
  return toPause(/^\d/.test(written) ? Number(written) * 1000 : Date.parse(written) - now);
}

/** A pause that a service asks for as one that we take: whole milliseconds, an hour at most; undefined for what is none. */
export function toPause(ms: unknown): number | undefined {
  if (typeof ms !== 'number' || !Number.isFinite(ms) || ms < 0) return undefined;
  return Math.min(Math.ceil(ms), MOST_RETRY_AFTER_MS);
}

const redaction = createRedaction();

/**
 * What a service says of a fault, as far as it may be passed on: plain words, no numbers, nothing that could be a token, a
 * code or an address. Empty when it says more than that.
 */
export function plainWords(said: unknown): string {
  if (typeof said !== 'string' || said.length > 120) return '';
  const words = said.split(' ');
  if (!words.every((word) => /^[A-Za-z'(]{0,15}[,:;.)]?$/.test(word))) return '';
  return redaction.cleanText(said) === said ? said.trim() : '';
}
