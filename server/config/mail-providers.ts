/** Where the customers of a provider hand in their mail. */
export interface MailProvider {
  readonly host: string;
  readonly port: 465 | 587;
  /** The provider's own page about it, or about the password it wants. */
  readonly page: string;
}

/** Port 465, where TLS begins at once. Source: RFC 8314 section 3.3, which prefers it. */
const tls = (host: string, page: string): MailProvider => ({ host, port: 465, page });
/** Port 587, where TLS follows by STARTTLS and is insisted on. */
const starttls = (host: string, page: string): MailProvider => ({ host, port: 587, page });

const SES_PAGE = 'https://docs.aws.amazon.com/ses/latest/dg/smtp-connect.html';

/** Regions in which SES takes mail by SMTP; others are named by `mail.url`. */
const SES_REGIONS = [
  ...(['us-east-1', 'us-east-2', 'us-west-2', 'ca-central-1', 'sa-east-1'] as const),
  ...(['eu-central-1', 'eu-north-1', 'eu-west-1', 'eu-west-2', 'eu-west-3'] as const),
  ...(['ap-northeast-1', 'ap-northeast-2', 'ap-south-1', 'ap-southeast-1', 'ap-southeast-2'] as const),
];

const SES = Object.fromEntries(
  SES_REGIONS.map((region) => [`ses-${region}`, starttls(`email-smtp.${region}.amazonaws.com`, SES_PAGE)]),
) as { readonly [Name in `ses-${(typeof SES_REGIONS)[number]}`]: MailProvider };

/** Mail providers that `mail.provider` knows by name, each as its own page says. */
export const MAIL_PROVIDERS = {
  gmail: tls('smtp.gmail.com', 'https://support.google.com/accounts/answer/185833'),
  microsoft365: starttls(
    'smtp.office365.com',
    'https://learn.microsoft.com/exchange/clients-and-mobile-in-exchange-online/authenticated-client-smtp-submission',
  ),
  outlook: starttls(
    'smtp-mail.outlook.com',
    'https://support.microsoft.com/office/d088b986-291d-42b8-9564-9c414e2aa040',
  ),
  fastmail: tls('smtp.fastmail.com', 'https://www.fastmail.help/hc/en-us/articles/1500000278342'),
  icloud: starttls('smtp.mail.me.com', 'https://support.apple.com/102525'),
  mailgun: starttls(
    'smtp.mailgun.org',
    'https://documentation.mailgun.com/docs/mailgun/user-manual/sending-messages/send-smtp',
  ),
  'mailgun-eu': starttls(
    'smtp.eu.mailgun.org',
    'https://documentation.mailgun.com/docs/mailgun/user-manual/sending-messages/send-smtp',
  ),
  sendgrid: starttls(
    'smtp.sendgrid.net',
    'https://www.twilio.com/docs/sendgrid/for-developers/sending-email/integrating-with-the-smtp-api',
  ),
  postmark: starttls(
    'smtp.postmarkapp.com',
    'https://postmarkapp.com/developer/user-guide/send-email-with-smtp',
  ),
  ...SES,
  brevo: starttls('smtp-relay.brevo.com', 'https://developers.brevo.com/docs/smtp-integration'),
  zoho: tls('smtp.zoho.com', 'https://www.zoho.com/mail/help/zoho-smtp.html'),
  'zoho-eu': tls('smtp.zoho.eu', 'https://www.zoho.com/mail/help/zoho-smtp.html'),
  yahoo: tls('smtp.mail.yahoo.com', 'https://help.yahoo.com/kb/SLN4724.html'),
  gmx: starttls('mail.gmx.net', 'https://hilfe.gmx.net/pop-imap/'),
  'web.de': starttls('smtp.web.de', 'https://hilfe.web.de/pop-imap/'),
  'mailbox.org': tls('smtp.mailbox.org', 'https://kb.mailbox.org/en/private/e-mail/e-mail-configuration'),
  proton: starttls('smtp.protonmail.ch', 'https://proton.me/support/smtp-submission'),
} satisfies { readonly [name: string]: MailProvider };

/** The name of one of them. */
export type MailProviderName = keyof typeof MAIL_PROVIDERS;

/** All of their names. */
export const MAIL_PROVIDER_NAMES = Object.keys(MAIL_PROVIDERS) as [MailProviderName, ...MailProviderName[]];

/** The address of a provider's server, as `mail.url` would have it, without user and password. */
export function addressOfProvider(name: MailProviderName): string {
  const { host, port } = MAIL_PROVIDERS[name];
  return `${port === 465 ? 'smtps' : 'smtp'}://${host}:${port}`;
}
