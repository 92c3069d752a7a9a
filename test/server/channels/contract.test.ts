import { onTestFinished } from 'vitest';
import { createDiscordChannel } from '../../../server/channels/discord.ts';
import { createTelegramChannel } from '../../../server/channels/telegram.ts';
import type { Channel } from '../../../server/ports/channel.ts';
import { showDiscord, startFakeDiscord } from '../../support/channels/fake-discord.ts';
import { echoOf } from '../../support/channels/fake-service.ts';
import { startFakeTelegram } from '../../support/channels/fake-telegram.ts';
import { WEBHOOK_WORLDS } from '../../support/channels/webhook-worlds.ts';
import { PAGER, startPager } from '../../support/mail/pager-channel.ts';
import { openMailChannel } from '../../support/mail/scripted-smtp.ts';
import { createSmtpInbox } from '../../support/mail/smtp-inbox.ts';
import { testChannelContract } from '../ports/channel.contract.ts';

const CONTEXT = { publicUrl: 'https://media.example.org' };

function closing<Kind extends Channel>(channel: Kind): Kind {
  onTestFinished(() => channel.close());
  return channel;
}

testChannelContract('email', async () => {
  const inbox = await createSmtpInbox({ login: { user: 'gate', pass: 'mail-secret' } });
  onTestFinished(() => inbox.close());
  return {
    channel: openMailChannel(inbox.url.replace('//', '//gate:mail-secret@'), {}),
    arrived: () =>
      inbox.messages.map(({ messageId, to, text }) => {
        return { key: messageId.slice(1, messageId.indexOf('@')), address: to, text };
      }),
    breakOff: () => inbox.close(),
    addresses: ['anna.lee@example.org', 'ben.lee@example.org'],
    badAddresses: ['', 'anna', 'a@example.org, b@example.org', 'a@example.org\r\nRCPT TO:<b@example.org>'],
    secrets: ['mail-secret'],
    refuseForGood: () => inbox.refuse('permanent'),
    refuseForNow: () => {
      inbox.refuse('temporary');
      return undefined;
    },
    // What else a mail server may repeat is in smtp-stages.test.ts.
    echo: () => inbox.refuse('permanent'),
    markup: () => [],
  };
});

testChannelContract('pager, which a test brings along', async () => {
  const pager = await startPager();
  return {
    channel: closing(await PAGER.create({ url: pager.url }, CONTEXT)),
    arrived: () => pager.pages.map(({ key, number, text }) => ({ key, address: number, text })),
    breakOff: pager.close,
    addresses: ['+49301234567', '+49307654321'],
    badAddresses: ['', 'anna', '+49301234567,+49307654321'],
    secrets: [pager.url],
    refuseForGood: () => pager.refuse(410),
    refuseForNow: () => {
      pager.refuse(503, 7);
      return 7_000;
    },
    echo: () => pager.refuse(410),
    markup: () => [],
  };
});

testChannelContract('telegram', async () => {
  const telegram = await startFakeTelegram([1001, 1002]);
  const { token, url: apiUrl } = telegram;
  return {
    channel: closing(createTelegramChannel({ token, apiUrl }, CONTEXT)),
    // Telegram has no place for a key: a second copy is told by what it says.
    arrived: () =>
      telegram.messages.map(({ chat_id, text }) => {
        return { key: /key-\d+/.exec(text)?.[0] ?? '', address: String(chat_id), text };
      }),
    breakOff: telegram.close,
    addresses: ['1001', '1002'],
    badAddresses: ['', 'anna', '@annalee', '-1001', '1001,1002', '1e3'],
    secrets: [token, token.slice(10)],
    refuseForGood: () => telegram.blocked.add(1001),
    refuseForNow: () => {
      telegram.fault(() => telegram.refuse(429, 'Too Many Requests: retry after 7', { retry_after: 7 }));
      return 7_000;
    },
    echo: () => telegram.fault((request) => telegram.refuse(400, echoOf(request))),
    markup: telegram.markup,
  };
});

testChannelContract('discord', async () => {
  const [anna, ben] = ['80351110224678912', '80351110224678913'];
  const discord = await startFakeDiscord([anna, ben]);
  const { token, url: apiUrl } = discord;
  return {
    channel: closing(createDiscordChannel({ token, apiUrl }, CONTEXT)),
    arrived: () =>
      discord.messages.map(({ nonce = '', person, content }) => {
        return { key: nonce.split('.')[0] ?? '', address: person, text: showDiscord(content).text };
      }),
    breakOff: discord.close,
    addresses: [anna, ben],
    badAddresses: ['', 'anna', '@anna', '-80351110224678912', `${anna},${ben}`, '99999999999999999999'],
    secrets: [token],
    refuseForGood: () => discord.closed.add(anna),
    refuseForNow: () => {
      const body = { message: 'You are being rate limited.', retry_after: 1.337, global: false };
      discord.fault(({ path }) => (path.endsWith('/messages') ? { status: 429, body } : undefined));
      return 1_337;
    },
    echo: () => discord.fault((request) => discord.refuse(400, 50035, echoOf(request))),
    markup: discord.markup,
  };
});

for (const [format, open] of Object.entries(WEBHOOK_WORLDS))
  testChannelContract(`webhook, as ${format}`, open);
