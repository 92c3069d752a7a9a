import { z } from 'zod';
import {
  type ChannelDefinition,
  defineChannel,
  type Message,
  type ReceivedMessage,
} from '../../../server/ports/channel.ts';

/** A chat with a bot that is in no registry but the tests': who writes has a number, and may have any name. */
export function createChatDefinition(): {
  readonly definition: ChannelDefinition;
  /** What the bot sent, oldest first. */
  readonly messages: readonly Message[];
  receive(message: ReceivedMessage): Promise<string | undefined>;
} {
  const messages: Message[] = [];
  let answer: (message: ReceivedMessage) => Promise<string | undefined> = async () => {
    throw new Error('nobody listens to the bot');
  };
  const definition = defineChannel({
    name: 'chat',
    section: 'chat',
    linking: 'code-to-bot',
    properName: 'Chat',
    readAddress: (typed) => (/^\d{1,20}$/.test(typed) ? { address: typed } : { fault: 'is not a number' }),
    options: z.strictObject({}),
    check: { fine: 'The chat answers.', fix: 'Mend the chat.' },
    create: async () => ({
      name: 'chat',
      width: 2,
      check: async () => ({ kind: 'sent' }) as const,
      async send(message) {
        messages.push(message);
        return { kind: 'sent' };
      },
      bot: {
        where: async (code) => ({ name: '@gatehouse', url: `https://chat.example/?start=${code}` }),
        receive(given) {
          answer = given;
        },
      },
      close: () => undefined,
    }),
  });
  return { definition, messages, receive: (message) => answer(message) };
}
