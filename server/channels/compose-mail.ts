import { createTransport } from 'nodemailer';
import { type Logo, readDkimKey, readLogo } from '../config/mail-files.ts';
import type { DkimOptions } from '../config/sections/mail-dkim.ts';
import { LOGO_PLACE, type Message } from '../ports/channel.ts';

/** A sender, or who answers go to. */
export interface Mailbox {
  readonly name: string;
  readonly address: string;
}

/** What all mails have in common. */
export interface ComposeOptions {
  readonly from: Mailbox;
  readonly replyTo?: Mailbox | undefined;
  readonly dkim?: DkimOptions | undefined;
  /** Path of the picture at the top. */
  readonly logoFile?: string | undefined;
}

/**
 * Writes a message as the bytes of a mail to one address, signed where there is a key. Lines end with CRLF.
 *
 * @throws {Error} when the key is gone since the configuration was loaded; the sentence begins with its field.
 */
export type ComposeMail = (message: Message, address: string) => Promise<Buffer>;

/** Makes the writer of mails; key and logo are read once, when they are needed first. */
export function createComposer(options: ComposeOptions): ComposeMail {
  const { from, replyTo } = options;
  const domain = from.address.slice(from.address.lastIndexOf('@') + 1);
  let parts: ReturnType<typeof readParts> | undefined;

  async function open() {
    parts ??= readParts(options);
    return parts.catch((error: unknown) => {
      parts = undefined;
      throw error;
    });
  }

  return async ({ key, subject, text, html }, address) => {
    const { transport, logo } = await open();
    const shown = withLogo(html, logo, `logo-${key}@${domain}`);
    const { message } = await transport.sendMail({
      from,
      ...(replyTo === undefined ? {} : { replyTo }),
      // An object, not a text: a text would be parsed, and a comma in it makes two recipients.
      to: { name: '', address },
      envelope: { from: from.address, to: [address] },
      messageId: `<${key}@${domain}>`,
      subject,
      text,
      ...shown,
      headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    });
    return message as Buffer;
  };
}

async function readParts({ dkim, logoFile }: ComposeOptions) {
  const logo = logoFile === undefined ? undefined : await readLogo(logoFile);
  const signing = dkim === undefined ? {} : { dkim: await signingOptions(dkim) };
  const transport = createTransport({
    ...{ streamTransport: true, buffer: true, newline: 'windows' },
    ...{ disableFileAccess: true, disableUrlAccess: true },
    ...signing,
  });
  // Without a picture a message says all it has to say.
  return { transport, logo: logo !== undefined && 'value' in logo ? logo.value : undefined };
}

async function signingOptions(dkim: DkimOptions) {
  const key = await readDkimKey(dkim);
  if ('fault' in key)
    throw new Error(`mail.dkim.${dkim.keyFile === undefined ? 'key' : 'keyFile'}: ${key.fault}.`);
  return { domainName: dkim.domain, keySelector: dkim.selector, privateKey: key.value };
}

/** The HTML with the picture in its place, or with nothing there. Source: RFC 2387, RFC 2392. */
function withLogo(html: string, logo: Logo | undefined, cid: string) {
  if (logo === undefined || !html.includes(LOGO_PLACE)) return { html: html.replace(LOGO_PLACE, '') };
  const image = `<p style="margin:0 0 16px;"><img src="cid:${cid}" alt="" height="48" style="display:block;height:48px;width:auto;max-width:100%;border:0;"></p>`;
  const filename = logo.type === 'image/png' ? 'logo.png' : 'logo.jpg';
  const attachments = [{ filename, content: logo.bytes, contentType: logo.type, cid }];
  return { html: html.replace(LOGO_PLACE, () => image), attachments };
}
