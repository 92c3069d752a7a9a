import { plainChat } from '../chat-text.ts';
import { readStatus, type WebhookFormat } from './webhook-format.ts';

/** Of 0 to 10: with a sound. Source: gotify.net/docs/pushmsg. */
const PRIORITY = 5;

/**
 * Gotify: a message goes to whom the token of an application belongs to, so an address is the name of a recipient in the
 * config, and no token is ever typed by anybody. Source: gotify.net/docs/pushmsg, /docs/msgextras.
 */
export function gotifyFormat(
  recipients: readonly { readonly name: string; readonly token: string }[],
  publicUrl: string,
): WebhookFormat {
  const tokens = new Map(recipients.map(({ name, token }) => [name.toLowerCase(), token]));
  const tokenOf = (address: string): string | undefined => tokens.get(address.toLowerCase());
  return {
    credential: 'webhook.recipients',
    findFault: (address) => (tokenOf(address) === undefined ? 'is no name of webhook.recipients' : undefined),
    write: ({ to, subject, chat }) => {
      const click =
        chat.link === undefined ? {} : { 'client::notification': { click: { url: chat.link.url } } };
      const extras = { 'client::display': { contentType: 'text/plain' }, ...click };
      return {
        path: '/message',
        headers: { 'x-gotify-key': tokenOf(to.address) ?? '' },
        body: JSON.stringify({
          ...{ title: subject, message: plainChat(chat, publicUrl), priority: PRIORITY, extras },
        }),
      };
    },
    readSent: (answer, words) =>
      // One token of many: the others may well be good.
      answer.status === 401 || answer.status === 403
        ? {
            kind: 'temporary',
            detail: `${words.name} refuses the token of this recipient (status ${answer.status}); correct ${words.token}.`,
          }
        : readStatus(answer, words),
    // An application may do nothing but send. Without a text it is refused (400), with a wrong token before that (401).
    checks: () =>
      recipients.map(({ token }) => ({ path: '/message', headers: { 'x-gotify-key': token }, body: '{}' })),
    readChecked: (answer, words) =>
      answer.status === 400 && isGotifyError(answer.json) ? { kind: 'sent' } : readStatus(answer, words),
  };
}

/** Source: gotify.net/api-docs, schema Error. */
function isGotifyError(json: unknown): boolean {
  return typeof json === 'object' && json !== null && 'errorCode' in json;
}
