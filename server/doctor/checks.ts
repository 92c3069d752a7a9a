import { CHANNELS } from '../channels/registry.ts';
import type { Half } from '../config/config.ts';

/** What doctor looks at, by the name of the finding, in the order in which it is mended; docs/doctor.md is made of it. */
export const CHECKS: Readonly<Record<string, string>> = {
  config: 'the configuration: every line that cannot be used, and settings that contradict each other',
  'config-rights': 'files with secrets that every user of the machine may read',
  port: 'whether the port is free, or held by this Gatehouse and no other',
  jellyfin:
    'Jellyfin: there, started, set up, of a version that Gatehouse was proved on, at the right base path',
  'api-key': 'whether Jellyfin accepts the API key, with the rights that a reset needs',
  'known-proxies': 'whether Jellyfin believes Gatehouse who a client is',
  clock:
    'the clock of this machine against Jellyfin’s, and the mail server’s where its greeting tells it: 30 s apart is a warning, 5 min an error',
  'data-folder': 'Jellyfin’s data folder: found, readable, safe, with no broken PIN file in it',
  'pin-file': 'on request (`--pin-file NAME`): whether a PIN file really comes',
  'reset-service': 'whether the reset service of another process answers and lets this one in',
  ...Object.fromEntries(
    CHANNELS.map(({ section }) => [
      section,
      section === 'mail'
        ? 'the mail server: TLS, its certificate, sign-in, and whether it takes the sender'
        : `whether the service of \`${section}\` knows us; sends nothing`,
    ]),
  ),
  dkim: 'whether DNS has the public key that mails are signed with',
  spf: 'whether DNS says who may send mail for the domain of `mail.from`',
  dmarc: 'whether that domain has a DMARC policy',
  'test-message': 'on request (`--mail ADDRESS`): whether the mail server takes a message',
  storage: 'the database: there, whole, ours, of a schema we know, writable',
  'disk-space': 'room on the disk of the database: under 500 MB is a warning, under 50 MB an error',
  'disk-speed': 'how long it takes until a write is safe: over 100 ms is a warning',
  journal: 'whether SQLite keeps its journal apart (WAL)',
  'public-url': 'whether `public.url` is https, and its name resolves',
  certificate: 'the certificate people see: trusted, for that name, whole, and good for 10 days more',
  reach:
    'whether `public.url` leads to this Gatehouse, proved by a nonce, and by a proxy that tells who asks',
  'public-jellyfin': 'whether `public.url`, base path and all, leads to the Jellyfin of `jellyfin.url`',
  'public-client': 'whom Jellyfin sees behind `public.url`',
  websocket: 'whether WebSockets pass what stands in front',
  'upload-size': 'whether what stands in front takes uploads of 16 MB',
  'nginx-file': 'on request (`--nginx FILE`): what a file of nginx lacks for the configuration in force',
  contacts: 'whether anybody can be reached',
  administrators: 'whether administrators can reset, where that needs two channels',
  'web-client': 'whether Jellyfin serves its web client, and our browser parts are there',
  'branding-css': 'rules that hide the Forgot Password button',
  'mod-files': 'files that options of mods name, and that cannot be had',
  'mod-anchors': 'whether mods find what they change in the client that runs',
  'open-routes':
    'what Jellyfin tells strangers without need: switched-off guards, `/metrics`, administrators on the sign-in page',
  'open-files': 'how many files a process may open: under 1,024 is a warning',
  memory: 'the memory a container or unit may take: under 256 MB is a warning',
  'newer-version': 'on request (`--online`): whether there is a newer release',
};

/** Checks that are made where the other half runs. Jellyfin's known proxies are about the address of the injector. */
export const CHECKS_OF_OTHER_HALF: Readonly<Record<Half, readonly string[]>> = {
  injector: [
    ...CHANNELS.map(({ section }) => section),
    ...[
      'dkim',
      'spf',
      'dmarc',
      'storage',
      'disk-space',
      'disk-speed',
      'journal',
      'contacts',
      'administrators',
    ],
    ...['data-folder', 'pin-file', 'test-message'],
  ],
  reset: [
    ...[
      'known-proxies',
      'certificate',
      'reach',
      'public-jellyfin',
      'public-client',
      'websocket',
      'upload-size',
    ],
    ...['nginx-file', 'branding-css', 'mod-files', 'mod-anchors', 'open-routes'],
  ],
};
