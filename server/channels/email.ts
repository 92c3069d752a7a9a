import { isSendmail } from '../config/mail-url.ts';
import { readAddress } from '../contacts/address.ts';
import type { Channel } from '../ports/channel.ts';
import type { Carrier } from './carrier.ts';
import { type ComposeOptions, createComposer } from './compose-mail.ts';
import { createSendmail } from './sendmail.ts';
import { createSmtpCarrier, MAX_CONNECTIONS } from './smtp-carrier.ts';
import { toOutcome } from './smtp-faults.ts';
import type { SmtpOptions } from './smtp-options.ts';

export { CONNECT_TIMEOUT_MS, SILENCE_TIMEOUT_MS } from './smtp-options.ts';

/** How long one message may take in all, however slowly the server drips: its link would not work longer. */
export const SEND_TIMEOUT_MS = 30 * 60_000;

/** The mail server, or the program of this machine, and the sender, as the config has them. */
export interface EmailOptions extends SmtpOptions, ComposeOptions {}

/** Makes the mail channel: each message to exactly one recipient. */
export function createEmailChannel(options: EmailOptions): Channel {
  const { from } = options;
  const { sendMs = SEND_TIMEOUT_MS } = options.timeouts ?? {};
  const compose = createComposer(options);
  const carrier: Carrier = isSendmail(options.url)
    ? { ...createSendmail(options.url), close: () => undefined }
    : createSmtpCarrier(options);

  return {
    name: 'email',
    width: MAX_CONNECTIONS,
    check: () => carrier.check(),
    send: async (message, breakOff) => {
      const read = readAddress(message.to.address);
      if ('fault' in read) return { kind: 'permanent', detail: `The contact's address ${read.fault}.` };
      const timeout = AbortSignal.timeout(sendMs);
      const signal = AbortSignal.any(breakOff === undefined ? [timeout] : [timeout, breakOff]);
      let mail: Buffer;
      try {
        mail = await compose(message, read.address);
      } catch (error) {
        // No server was asked; what cannot be written names its setting.
        return toOutcome(error, 'nobody');
      }
      return carrier.send(mail, { from: from.address, to: read.address }, signal);
    },
    close: () => carrier.close(),
  };
}
