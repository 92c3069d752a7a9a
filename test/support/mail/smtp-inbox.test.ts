import { createTransport } from 'nodemailer';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSmtpInbox, type SmtpInbox } from './smtp-inbox.ts';

let inbox: SmtpInbox;
beforeEach(async () => {
  inbox = await createSmtpInbox();
});
afterEach(() => inbox.close());

function send(fields: { subject?: string; text?: string; html?: string; encoding?: 'base64' } = {}) {
  const transport = createTransport(inbox.url);
  const { encoding, ...rest } = fields;
  return transport.sendMail({
    from: 'Jellyfin <from@example.org>',
    to: 'to@example.org',
    subject: 'Hello',
    text: 'Hi',
    messageId: '<fixed@example.org>',
    ...(encoding === undefined ? {} : { textEncoding: encoding }),
    ...rest,
  });
}

describe('the inbox', () => {
  test.each([undefined, 'base64'] as const)('reads back what nodemailer wrote (%s)', async (encoding) => {
    const fields = {
      subject: 'Grüße aus der Küche: ça va? ¿Qué tal? A line that is long enough to be folded twice',
      text: `Straße = ${'x'.repeat(200)}\nend of line \n.\nlast`,
      html: '<p title="=20">Größe &amp; Zahl</p>',
    };
    await send({ ...fields, ...(encoding === undefined ? {} : { encoding }) });
    const [message] = await inbox.waitFor(1);
    expect(message).toMatchObject({
      ...fields,
      from: 'Jellyfin <from@example.org>',
      to: 'to@example.org',
      messageId: '<fixed@example.org>',
    });
  });

  test.each([
    ['temporary', 451],
    ['permanent', 550],
    ['sender', 550],
  ] as const)('answers %s with %i', async (answer, responseCode) => {
    inbox.refuse(answer);
    await expect(send()).rejects.toMatchObject({ responseCode });
    expect(inbox.messages).toEqual([]);
  });

  test('cuts the connection in the middle of a message when told to', async () => {
    inbox.refuse('close-mid-data');
    await expect(send()).rejects.toMatchObject({ code: 'ECONNECTION' });
    inbox.refuse('accept');
    await send();
    expect(inbox.messages).toHaveLength(1);
    expect(inbox.connectedAt).toHaveLength(2);
  });

  test('refuses single recipients when asked', async () => {
    inbox.refuse((to) => (to.startsWith('to@') ? 552 : 250));
    await expect(send()).rejects.toMatchObject({ responseCode: 552 });
  });

  test('says so when a message does not come', async () => {
    await expect(inbox.waitFor(1, 50)).rejects.toThrow('waited 50 ms for 1 messages and has 0');
  });
});
