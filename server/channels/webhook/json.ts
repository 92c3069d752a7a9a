import { createHmac } from 'node:crypto';
import type { Message } from '../../ports/channel.ts';
import { readStatus, type WebhookFormat, type WebhookRequest } from './webhook-format.ts';

/**
 * The format of our own: JSON, signed. `X-Gatehouse-Timestamp` is when it was sent, in seconds since 1970, and
 * `X-Gatehouse-Signature` is `v1=` and in hex the HMAC-SHA-256 of timestamp, a dot, and the body as it came; one for each key,
 * with a space between. The fields stand in docs/channels.md. 410 says that there is no such recipient.
 *
 * @param secrets The key, and behind it the one before while it is changed.
 * Source: Standard Webhooks, "Signature scheme", for several signatures in one header.
 */
export function jsonFormat(secrets: readonly string[]): WebhookFormat {
  const signed = (content: object): WebhookRequest => {
    const body = JSON.stringify(content);
    const timestamp = String(Math.floor(Date.now() / 1000));
    return {
      path: '',
      headers: {
        'x-gatehouse-timestamp': timestamp,
        'x-gatehouse-signature': secrets.map((secret) => `v1=${sign(secret, timestamp, body)}`).join(' '),
      },
      body,
    };
  };
  return {
    credential: 'webhook.secret',
    findFault: () => undefined,
    write: (message) => signed(contentOf(message)),
    readSent: (answer, words) =>
      answer.status === 410
        ? {
            ...{ kind: 'permanent', isAddressRefused: true },
            detail: `${words.name} knows no such recipient (status 410).`,
          }
        : readStatus(answer, words),
    checks: () => [signed({ version: 1, type: 'check' })],
    readChecked: readStatus,
  };
}

function contentOf({ to, key, subject, text, chat }: Message): object {
  return {
    version: 1,
    type: 'message',
    key,
    recipient: to.address,
    user: { id: to.userId, name: to.userName },
    subject,
    text,
    link: chat.link ?? null,
    code: chat.code ?? null,
  };
}

/** The signature without `v1=`. Source: RFC 2104. */
function sign(secret: string, timestamp: string, body: string): string {
  return createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
}
