import { plainChat } from '../chat-text.ts';
import { ofStrangeAnswer } from '../service-outcome.ts';
import { readStatus, type WebhookFormat } from './webhook-format.ts';

/**
 * Apprise API: the address is a tag of the configuration that is kept there under `webhook.key`. `all`, commas and blanks
 * mean more than one tag there and are refused. Source: github.com/caronc/apprise-api, README, "Persistent Storage Solution".
 */
export function appriseFormat(key: string, publicUrl: string): WebhookFormat {
  return {
    credential: 'webhook.url',
    findFault: (address) =>
      /^[A-Za-z0-9_-]{1,128}$/.test(address) && address.toLowerCase() !== 'all'
        ? undefined
        : 'is no tag of one person: 1 to 128 letters, digits, - or _, and not the one that stands for everybody',
    write: ({ to, subject, chat }) => ({
      path: `/notify/${key}`,
      body: JSON.stringify({
        ...{ title: subject, body: plainChat(chat, publicUrl), type: 'info', format: 'text' },
        tag: to.address,
      }),
    }),
    readSent: (answer, words) => {
      if (answer.status === 204)
        return {
          kind: 'unreachable',
          detail: `${words.name} keeps no configuration under webhook.key (status 204).`,
        };
      // Some of the services behind the tag failed, or the tag has none.
      if (answer.status === 424)
        return {
          kind: 'temporary',
          detail: `${words.name} could not pass the message on (status 424); its log says why. A tag that nobody has is one reason.`,
        };
      return readStatus(answer, words);
    },
    checks: () => [{ path: `/json/urls/${key}?privacy=1`, method: 'GET' }],
    readChecked: (answer, words) => {
      if (answer.status === 204)
        return {
          kind: 'unreachable',
          detail: `${words.name} keeps no configuration under webhook.key (status 204).`,
        };
      // A server whose configuration is locked tells nobody of it, and works.
      if (answer.status === 403) return { kind: 'sent' };
      const isApprise =
        typeof answer.json === 'object' &&
        answer.json !== null &&
        ('urls' in answer.json || 'tags' in answer.json);
      return answer.status === 200 && !isApprise ? ofStrangeAnswer(words, answer) : readStatus(answer, words);
    },
  };
}
