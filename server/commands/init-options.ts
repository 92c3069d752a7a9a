import type { ArgsDef } from 'citty';
import { configOption } from './options.ts';

const text = (valueHint: string, description: string) =>
  ({ type: 'string', valueHint, description }) as const;

/** What can be said in place of being asked. Secrets come from files, the environment or the terminal, never from here. */
export const initOptions = {
  yes: { type: 'boolean', description: 'Ask nothing; take the default of what no option says.' },
  jellyfin: text(
    'URL',
    'Where Jellyfin is. Default: what is configured, else looked for on the usual ports.',
  ),
  admin: text('NAME', 'The administrator who signs in once to make the API key; none: without a key.'),
  'admin-password-file': text(
    'FILE',
    'The first line is the password of the administrator. Default: JELLYFIN_ADMIN_PASSWORD of the environment, else asked for.',
  ),
  'quick-connect': {
    type: 'boolean',
    description: 'Sign in by a Quick Connect code in place of a password.',
  },
  'without-key': { type: 'boolean', description: "Make no API key; use Jellyfin's data folder." },
  'data-folder': text('FOLDER', "Jellyfin's data folder, without a key; none. Default: looked for."),
  'known-proxy': text(
    'ADDRESS',
    'What to add to Known proxies of Jellyfin; no: nothing. Default: the address that Jellyfin sees this machine at.',
  ),
  'restart-jellyfin': text('yes|no', 'Restart Jellyfin, so that Known proxies count. Default: no.'),
  mail: text('SERVER', 'A mail provider by its name, smtp://HOST, smtps://HOST, sendmail: or none.'),
  'mail-user': text('NAME', 'The name to sign in with at the mail server.'),
  'mail-password-file': text(
    'FILE',
    'The first line is the password for the mail server. Default: GATEHOUSE_MAIL__PASSWORD of the environment, else asked for.',
  ),
  'mail-from': text('SENDER', 'Who mails are from. Default: the mail user, where that is an address.'),
  'public-url': text('URL', 'How people reach Gatehouse. Default: this machine only.'),
  contact: text(
    'ADDRESS',
    'Your own mail address: gets a test message, and becomes the contact of the administrator.',
  ),
  'secrets-folder': text(
    'FOLDER',
    'Write key and password there, in files of their own, and not into config.yaml.',
  ),
  ...configOption,
} as const satisfies ArgsDef;
