import { plainChat } from '../chat-text.ts';
import { ofLimit, ofRefusedToken, ofStrangeAnswer, readRetryAfter } from '../service-outcome.ts';
import { readStatus, type WebhookFormat } from './webhook-format.ts';

/** Longest message in bytes; a longer one would become a file. Source: docs.ntfy.sh/publish, "Limitations". */
const MOST_BYTES = 4096;

/**
 * ntfy: the address is the topic, published as JSON to the root of the server, so that it is no part of a path. The link is
 * where a touch leads; Markdown is off. Source: docs.ntfy.sh/publish, "Publish as JSON", "Click action", "Access tokens".
 */
export function ntfyFormat(token: string | undefined, publicUrl: string): WebhookFormat {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  return {
    credential: 'webhook.token',
    // Source: docs.ntfy.sh/publish, "Picking a topic".
    findFault: (address) =>
      /^[-_A-Za-z0-9]{1,64}$/.test(address)
        ? undefined
        : 'is no topic of ntfy: 1 to 64 letters, digits, - or _',
    write: ({ to, subject, chat }) => {
      const message = plainChat(chat, publicUrl);
      if (Buffer.byteLength(message) > MOST_BYTES)
        return { fault: `The message has more than ${MOST_BYTES} bytes.` };
      const click = chat.link === undefined ? {} : { click: chat.link.url };
      const body = { topic: to.address, title: subject, message, markdown: false, ...click };
      return { path: '/', headers, body: JSON.stringify(body) };
    },
    readSent: (answer, words) => {
      // Without a sign-in 403 is about us, with one about this topic.
      if (answer.status === 403 && token !== undefined)
        return {
          kind: 'permanent',
          detail: `${words.name} does not let the token write to this topic (status 403); change the access list of ntfy.`,
        };
      return readStatus(answer, words);
    },
    checks: () => [{ path: token === undefined ? '/v1/health' : '/v1/account', method: 'GET', headers }],
    readChecked: (answer, words) => {
      if (answer.status === 401 || answer.status === 403) return ofRefusedToken(words);
      if (answer.status === 429) return ofLimit(words, readRetryAfter(answer.headers), true);
      const fields = answer.json;
      const isNtfy =
        typeof fields === 'object' && fields !== null && ('healthy' in fields || 'username' in fields);
      return answer.status === 200 && isNtfy ? { kind: 'sent' } : ofStrangeAnswer(words, answer);
    },
  };
}
