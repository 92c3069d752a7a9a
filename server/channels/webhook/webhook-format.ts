import type { Message, SendOutcome } from '../../ports/channel.ts';
import type { ServiceAnswer } from '../service-call.ts';
import {
  ofLimit,
  ofRefusedToken,
  ofStrangeAnswer,
  readRetryAfter,
  type ServiceWords,
} from '../service-outcome.ts';

/** A request below `webhook.url`. */
export interface WebhookRequest {
  /** Begins with a slash, or is empty. Never made of anything a person typed. */
  readonly path: string;
  /** @default `POST` */
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON as it goes over the wire. */
  readonly body?: string;
}

/** An answer that came. */
export type WebhookAnswer = Extract<ServiceAnswer, { kind: 'answered' }>;

/** What one kind of service understands. */
export interface WebhookFormat {
  /** The setting with the key or token, for the sentence that it was refused. */
  readonly credential: string;
  /** What is wrong with an address, as the end of a sentence that begins with the address; undefined: nothing. */
  findFault(address: string): string | undefined;
  /** The request that sends a message, or why there is none, in a sentence. */
  write(message: Message): WebhookRequest | { readonly fault: string };
  /** What the answer to it means. */
  readSent(answer: WebhookAnswer, words: ServiceWords): SendOutcome;
  /** Requests that show whether the service works and knows us; they send nothing. */
  checks(): readonly WebhookRequest[];
  readChecked(answer: WebhookAnswer, words: ServiceWords): SendOutcome;
}

/** What statuses mean that mean the same everywhere; what a format knows better it asks first. Source: RFC 9110 section 15, RFC 6585. */
export function readStatus(answer: WebhookAnswer, words: ServiceWords): SendOutcome {
  const { status, headers } = answer;
  if (status >= 200 && status < 300) return { kind: 'sent' };
  if (status === 401 || status === 403) return ofRefusedToken(words);
  if (status === 429) return ofLimit(words, readRetryAfter(headers), true);
  if (status === 400 || status === 413 || status === 422)
    return { kind: 'permanent', detail: `${words.name} refused the message (status ${status}).` };
  return ofStrangeAnswer(words, answer);
}
