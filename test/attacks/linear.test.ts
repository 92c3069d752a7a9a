import { describe, expect, it } from 'vitest';
import { createClientAddresses } from '../../injector/addresses/client-address.ts';
import { createPathGuard, FULL_GUARD } from '../../injector/admission/path-guard.ts';
import { toOriginForm } from '../../injector/admission/request-validation.ts';
import { pickEncoding } from '../../injector/http/encodings.ts';
import { endToEndHeaders } from '../../injector/http/headers.ts';
import { relativeLocation } from '../../injector/http/node/relative-redirects.ts';
import { canonicalPath } from '../../injector/jellyfin/path.ts';
import { findRoute } from '../../injector/jellyfin/routes.ts';
import { createRunningVersion } from '../../injector/jellyfin/running-version.ts';
import { replaceServiceWorker } from '../../injector/jellyfin/service-worker.ts';
import { isSameUserName } from '../../injector/jellyfin/user-names.ts';
import { asSeenFromPage } from '../../injector/kit/css-addresses.ts';
import { joinStylesheets } from '../../injector/kit/stylesheet.ts';
import { pickLanguage } from '../../injector/kit/translations.ts';
import { findManifest } from '../../injector/rewrite/manifest-address.ts';
import { decodeSurely, rewriteJson } from '../../injector/rewrite/rewrite-file.ts';
import { toOutcome } from '../../server/channels/smtp-faults.ts';
import { toAuditLine } from '../../server/commands/audit.ts';
import { readAddress } from '../../server/contacts/address.ts';
import { showsSecret } from '../../server/http/bearer-secret.ts';
import { isOwnPage } from '../../server/http/json-call.ts';
import { findJsonFault } from '../../server/http/strict-json.ts';
import { createCsvReader } from '../../server/imports/csv/csv-reader.ts';
import { parsePinFile } from '../../server/jellyfin/data-folder/parse-pin-file.ts';
import { createLogger } from '../../server/log/log.ts';
import { oneLine } from '../../server/messages/messages.ts';
import { findPasswordFaults } from '../../server/reset/password-rules.ts';
import { readPin } from '../../server/secrets/pin.ts';
import { cpuGrowth, STEEPEST } from '../support/measure/cpu-growth.ts';

/** What texts are made of: each is repeated to fill one, behind each of the beginnings and before each of the ends. */
const FILLINGS = [
  ...[
    ' ',
    '\t',
    '\n',
    'a',
    'A',
    '0',
    '"',
    '\\"',
    "'",
    '\\',
    '%',
    '%41',
    '/',
    '/.',
    '//',
    '*',
    '.',
    '..',
    '-',
    ':',
    '::',
  ],
  ...[
    ',',
    ';',
    ';q=',
    ', ;',
    '=',
    '@',
    'a@',
    'a.',
    '<',
    '</',
    '<meta charset=',
    '<link ',
    ' rel=',
    '[',
    '{',
    '{"a":',
    '"a":',
  ],
  ...[
    '://',
    'token=',
    'Bearer ',
    '?',
    '&',
    '\u0301',
    '\0',
    'ß',
    'a"',
    '/**',
    '*//*',
    '@import "',
    '0A-',
    '/startup/',
  ],
];
/** Others that need a beginning of their own. */
const WORST = [
  ...[
    ['"', '\\"', ''],
    ['<meta charset=', '\t', ''],
    ['/*', '*//*', ''],
    ['a', '"', ''],
    ['a', ' ', 'a'],
    ['a', '/', 'a'],
  ],
  ...[
    ['/', '.00000000000000000000.-', '/'],
    ['a://', 'a', ''],
    ['{', '"\\', ''],
    ['Bearer ', ' ', '\n'],
  ],
] as const;

/** Size in characters: the largest head, and the largest body of our own routes. */
const HEAD = 32 * 1024;
const BODY = 64 * 1024;

const addresses = createClientAddresses(['127.0.0.1']);
const guard = createPathGuard({
  ...{
    settings: FULL_GUARD,
    version: createRunningVersion(),
    knownProxies: () => 'unknown' as const,
  },
  // Not asked while a path is looked at.
  ...{ upstream: {} as never, hiddenClients: {} as never, log: {} as never },
});
const log = createLogger('silent');
log.hide(['a-secret-of-ours']);
const rules = { basePath: '/base', hasLegacyPrefixes: true };
const changes = new Map([['name', [{ mod: 'a', change: (value: unknown) => value }]]]);
const measure = { rules: { minLength: 8, maxLength: 1024 }, names: ['anna'], common: new Set<string>() };

const READERS: readonly (readonly [name: string, size: number, read: (text: string) => unknown])[] = [
  ['JSON of our own calls', BODY, findJsonFault],
  ['Accept-Encoding', HEAD, pickEncoding],
  ['Accept-Language', HEAD, pickLanguage],
  ['X-Forwarded-For', HEAD, (text) => addresses.of('127.0.0.1', text)],
  ['X-Forwarded-For of many', HEAD, (text) => addresses.of('127.0.0.1', `${text}, 127.0.0.1, 127.0.0.1`)],
  ['Connection', HEAD, (text) => endToEndHeaders(['Connection', text, 'A', 'b'])],
  ['Authorization', HEAD, (text) => showsSecret(text, 'secret')],
  ['Origin and Host', HEAD, (text) => isOwnPage({ headers: { origin: `http://${text}`, host: text } })],
  ['an absolute target', HEAD, (text) => toOriginForm(`http://${text}`, 'a')],
  ['a path', HEAD, (text) => findRoute('GET', canonicalPath(`/base/web/${text}`, rules) ?? '/')],
  ['a path before Jellyfin is known', HEAD, (text) => guard.find(`/${text}`)],
  ['Location', HEAD, (text) => relativeLocation(`/${text}`, `/${text}`, ['a'])],
  ['Content-Type of a page', HEAD, (text) => decodeSurely(Buffer.from('a'), `text/html;${text}`, true)],
  ['a page for its charset', BODY, (text) => decodeSurely(Buffer.from(text), 'text/html', true)],
  ['a page for its manifest', BODY, findManifest],
  ['a service worker', BODY, (text) => replaceServiceWorker(Buffer.from(text))],
  ['a JSON document of the web client', BODY, (text) => rewriteJson(text, changes, () => undefined)],
  ['stylesheets', BODY, (css) => joinStylesheets([{ mod: 'a', css }])],
  ['addresses of stylesheets', BODY, (css) => asSeenFromPage(css)],
  ['a name to look for', BODY, (text) => Array.from({ length: 50 }, () => isSameUserName('anna', text))],
  ['a new password', BODY, (text) => findPasswordFaults(text, measure)],
  ['a PIN', BODY, readPin],
  ['a PIN file', BODY, parsePinFile],
  ['a mail address', BODY, readAddress],
  ['CSV', BODY, (text) => createCsvReader(',').push(text)],
  ['words of a mail server', BODY, (response) => toOutcome({ code: 'EAUTH', response }, 'a')],
  ['a name in a message', BODY, oneLine],
  ['a text in a log line', BODY, (text) => log.clean(text)],
  [
    'a line of the audit table',
    BODY,
    (userName) => toAuditLine({ id: 1, at: 0, event: 'a', userName }, false),
  ],
];

describe('what a stranger sends is read in a time in proportion to its length:', () => {
  it.each(READERS)(
    '%s',
    async (_name, size, read) => {
      for (const [beginning, filling, end] of [
        ...WORST,
        ...FILLINGS.map((one) => ['', one, '\n'] as const),
      ]) {
        const growth = await cpuGrowth(size, (length) => {
          const text = `${beginning}${filling.repeat(length / filling.length)}${end}`;
          return () => read(text);
        });
        expect(growth, JSON.stringify([beginning, filling, end])).toBeLessThan(STEEPEST);
      }
    },
    120_000,
  );
});
