import { onTestFinished } from 'vitest';
import { PAGER, startPager } from '../../support/mail/pager-channel.ts';
import { openMailChannel } from '../../support/mail/scripted-smtp.ts';
import { createSmtpInbox } from '../../support/mail/smtp-inbox.ts';
import { testChannelContract } from '../ports/channel.contract.ts';

testChannelContract('email', async () => {
  const inbox = await createSmtpInbox();
  onTestFinished(() => inbox.close());
  return {
    channel: openMailChannel(inbox.url, {}),
    arrived: () =>
      inbox.messages.map(({ messageId, to, text }) => {
        return { key: messageId.slice(1, messageId.indexOf('@')), address: to, text };
      }),
    breakOff: () => inbox.close(),
    addresses: ['anna.lee@example.org', 'ben.lee@example.org'],
    badAddresses: ['', 'anna', 'a@example.org, b@example.org', 'a@example.org\r\nRCPT TO:<b@example.org>'],
  };
});

testChannelContract('pager, which a test brings along', async () => {
  const pager = await startPager();
  const channel = await PAGER.create({ url: pager.url }, { publicUrl: 'https://media.example.org' });
  onTestFinished(() => channel.close());
  return {
    channel,
    arrived: () => pager.pages.map(({ key, number, text }) => ({ key, address: number, text })),
    breakOff: pager.close,
    addresses: ['+49301234567', '+49307654321'],
    badAddresses: ['', 'anna', '+49301234567,+49307654321'],
  };
});
