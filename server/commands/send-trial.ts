import { type ArgsDef, defineCommand } from 'citty';
import { findUser } from '../admin/find-user.ts';
import { testChannel } from '../admin/try-channels.ts';
import { UseCaseError } from '../errors/use-case-error.ts';
import { shortAddress } from '../log/log.ts';
import { oneLine } from '../messages/messages.ts';
import { withCommandContext } from './command-context.ts';
import { completeName } from './named-user.ts';
import { configOption, jsonOption, nameWord, printJson, takeWord } from './options.ts';
import { withPlainErrors } from './plain-errors.ts';

const options = {
  channel: {
    type: 'string',
    valueHint: 'channel',
    description: 'Over which channel, such as email. Default: that of the first contact of the user.',
  },
  to: { type: 'string', valueHint: 'address', description: 'To this address in place of the contact.' },
  ...jsonOption,
  ...configOption,
} as const satisfies ArgsDef;

/** `gatehouse messages test NAME`: sends one message at once, past the queue; exit code 1 when it was not taken. */
export const messagesTestCommand = defineCommand({
  meta: { name: 'test', description: 'Send a user a test message at once, and say what became of it.' },
  args: { ...nameWord, ...options },
  run: ({ args, rawArgs }) =>
    withPlainErrors(async () => {
      const typed = takeWord(rawArgs, options, 'NAME');
      await withCommandContext(args.config, async (context) => {
        const { config, contacts, log, by } = context;
        if (config.reset === undefined) throw new UseCaseError('reset-not-configured');
        const person = findUser(await context.askForPeople(), await completeName(typed, context));
        const [first] = await contacts.ofUser(person.id);
        const wanted = args.channel ?? first?.channel ?? (args.to === undefined ? undefined : 'email');
        if (wanted === undefined) throw new UseCaseError('no-contact');
        const [{ CHANNELS, createChannels }, { writeTestMessage }] = await Promise.all([
          import('../channels/registry.ts'),
          import('../messages/trial-message.ts'),
        ]);
        const { accounts } = await context.connect();
        const channels = await createChannels({ ...config.reset, log });
        try {
          const { outcome, address } = await testChannel(
            { channel: wanted, address: args.to },
            { userId: person.id, userName: person.name },
            {
              contacts,
              channels: channels.flatMap((channel) => {
                const definition = CHANNELS.find(({ name }) => name === channel.name);
                return definition === undefined ? [] : [{ channel, definition }];
              }),
              write: async ({ userName }) =>
                writeTestMessage({ serverName: await accounts.serverName(), userName }),
            },
          );
          const detail = 'detail' in outcome ? outcome.detail : undefined;
          const about = { userId: person.id, userName: person.name, channel: wanted };
          log.info({ event: 'channel-tested', ...about, outcome: outcome.kind, by });
          const to = shortAddress(address);
          const isSent = outcome.kind === 'sent';
          const sentence = `${oneLine(person.name)} was ${isSent ? '' : 'not '}sent a test message by ${wanted}: ${to}`;
          if (args.json === true) {
            const told = { ...about, address: to, outcome: outcome.kind, detail };
            printJson(told);
          } else if (isSent) process.stdout.write(`${sentence}\n`);
          if (isSent) return;
          process.stderr.write(`${sentence}${detail === undefined ? '' : `; ${oneLine(detail)}`}\n`);
          process.exitCode = 1;
        } finally {
          for (const channel of channels) channel.close();
        }
      });
    }),
});
