import { onTestFinished } from 'vitest';
import { createEmailChannel, type EmailOptions } from '../../server/channels/email.ts';
import type { Message } from '../../server/ports/channel.ts';

/** A message to send through it. */
export const MESSAGE: Message = {
  to: { userId: '1'.repeat(32), userName: 'anna', channel: 'email', address: 'anna.lee@example.org' },
  key: '0b5a4e2e-2f5f-4d4b-9d1c-6a7d3b1e0c11',
  subject: 'Grüße',
  text: 'Text mit ü\n',
  html: '<p>HTML mit ü</p>\n',
};

/** The mail channel to a mail server, with or without TLS; it is closed after the running test. */
export function openMailChannel(url: string, options: Partial<EmailOptions>) {
  const from = { name: 'Jellyfin', address: 'noreply@media.example.org' };
  const channel = createEmailChannel({ url, from, requireTls: false, ...options });
  onTestFinished(() => channel.close());
  return channel;
}
