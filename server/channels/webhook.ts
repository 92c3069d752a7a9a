import type { z } from 'zod';
import { WEBHOOK_NAME, type webhookSection } from '../config/sections/webhook.ts';
import type { Channel, ChannelContext, SendOutcome } from '../ports/channel.ts';
import { callService } from './service-call.ts';
import { ofUnanswered, type ServiceWords } from './service-outcome.ts';
import { appriseFormat } from './webhook/apprise.ts';
import { gotifyFormat } from './webhook/gotify.ts';
import { jsonFormat } from './webhook/json.ts';
import { ntfyFormat } from './webhook/ntfy.ts';
import type { WebhookFormat, WebhookRequest } from './webhook/webhook-format.ts';

/** Messages at once. */
const WIDTH = 4;

/** The section `webhook` of the config. */
export type WebhookOptions = z.output<typeof webhookSection> & {
  /** For tests; default 30 s. */
  readonly timeoutMs?: number;
};

/**
 * Makes the webhook channel. The host that is asked is the config's alone: an address is a field of the body, whatever the
 * format. Each request carries the message's key as `Idempotency-Key`.
 */
export function createWebhookChannel(options: WebhookOptions, { publicUrl }: ChannelContext): Channel {
  const format = formatOf(options, publicUrl);
  const words: ServiceWords = {
    name: `${options.name} (${new URL(options.url).host})`,
    place: 'webhook.url',
    token: format.credential,
  };
  const closing = new AbortController();

  async function ask(
    request: WebhookRequest,
    read: WebhookFormat['readSent'],
    more: { readonly isSend: boolean; readonly signal?: AbortSignal | undefined },
  ): Promise<SendOutcome> {
    const { path, method = 'POST', headers, body } = request;
    const answer = await callService({
      method,
      url: `${options.url}${path}`,
      ...(headers === undefined ? {} : { headers }),
      ...(body === undefined ? {} : { body }),
      timeoutMs: options.timeoutMs,
      signal: more.signal,
    });
    return answer.kind === 'unanswered' ? ofUnanswered(words, answer, more.isSend) : read(answer, words);
  }

  return {
    name: 'webhook',
    width: WIDTH,
    check: async () => {
      for (const request of format.checks()) {
        const outcome = await ask(request, format.readChecked, { isSend: false, signal: closing.signal });
        if (outcome.kind !== 'sent') return outcome;
      }
      return { kind: 'sent' };
    },
    send: async (message, signal) => {
      const { address } = message.to;
      const fault = WEBHOOK_NAME.test(address) ? format.findFault(address) : 'is none of this channel';
      if (fault !== undefined)
        return {
          ...{ kind: 'permanent', isAddressRefused: true },
          detail: `The contact's address ${fault}.`,
        };
      const request = format.write(message);
      if ('fault' in request) return { kind: 'permanent', detail: request.fault };
      const headers = { ...request.headers, 'idempotency-key': message.key };
      return ask({ ...request, headers }, format.readSent, { isSend: true, signal });
    },
    close: () => closing.abort(),
  };
}

function formatOf(options: WebhookOptions, publicUrl: string): WebhookFormat {
  const { secret = '', previousSecret, token, key = '', recipients = [] } = options;
  switch (options.format) {
    case 'json':
      return jsonFormat(previousSecret === undefined ? [secret] : [secret, previousSecret]);
    case 'ntfy':
      return ntfyFormat(token, publicUrl);
    case 'gotify':
      return gotifyFormat(recipients, publicUrl);
    case 'apprise':
      return appriseFormat(key, publicUrl);
  }
}
