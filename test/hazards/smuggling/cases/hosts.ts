import { type Case, forwarded, HOST, refused, SMUGGLED } from '../case.ts';

const get = (lines: string): string => `GET /a HTTP/1.1\r\n${HOST}${lines}\r\n`;
const line = (start: string): string => `${start}\r\n${HOST}\r\n`;
const bad = (what: string, send: string, ...statuses: number[]): Case => ({
  what,
  send: `${send}${SMUGGLED}`,
  is: refused(...(statuses.length === 0 ? [400] : statuses)),
});
const good = (what: string, send: string, ...requests: string[]): Case => ({
  what,
  send,
  is: forwarded(...requests),
});

/** Spellings of the Host line. */
export const HOSTS: readonly Case[] = [
  ...[
    '',
    'a@media.example.org',
    'a:b@media.example.org',
    'media.example.org, evil.example',
    'media.example.org,',
    'media example.org',
    'media.example.org/x',
    'media.example.org?x',
    'media.example.org#x',
    'media.example.org\\x',
    'media.example.org:',
    'media.example.org:http',
    'media.example.org:99999',
    'media.example.org:-1',
    'media.example.org:80:80',
    'media.example.org:80#@evil',
    '[::1',
    '::1',
    '[::1]x',
    '[evil]',
    'http://media.example.org',
    'media.example.org\x00',
    'media.example.org\x0b',
    'm\xe9dia.example.org',
    'media.example.org%00',
    'media.example.org%2eevil',
    '<a>',
    '"a"',
    "a'b",
    'a;b',
    'a&b',
    '-a',
    '.',
    'a\tb',
  ].map((host) => bad(`the Host ${JSON.stringify(host)}`, `GET /a HTTP/1.1\r\nHost: ${host}\r\n\r\n`)),
  bad('no Host', 'GET /a HTTP/1.1\r\n\r\n'),
  bad('two Hosts', get('Host: evil.example\r\n')),
  bad('the same Host twice', get(HOST)),
  bad('two Hosts, spelled differently', get('hOST: evil.example\r\n')),
  bad('two Hosts over HTTP/1.0', `GET /a HTTP/1.0\r\n${HOST}Host: evil.example\r\n\r\n`),
  bad('a Host with a blank before the colon', 'GET /a HTTP/1.1\r\nHost : media.example.org\r\n\r\n'),
  bad('a folded Host', 'GET /a HTTP/1.1\r\nHost:\r\n media.example.org\r\n\r\n'),
  ...[
    'media.example.org',
    'MEDIA.example.org:8097',
    '192.168.1.5:8097',
    '[::1]:8097',
    '[2001:db8::1]',
    'nas',
    'my_nas.local',
    'xn--bcher-kva.example',
    'media.example.org.',
  ].map(
    (host): Case => ({
      what: `the Host ${host}`,
      send: `GET /a HTTP/1.1\r\nHost: ${host}\r\n\r\n`,
      is: { forwarded: ['GET /a'], headers: { host, 'x-forwarded-host': host } },
    }),
  ),
];

/** Targets that name a host themselves. */
export const ABSOLUTE: readonly Case[] = [
  ...['http://media.example.org/a', 'HTTP://MEDIA.example.org/a', 'https://media.example.org/a'].map(
    (target): Case => ({
      what: `the target ${target}`,
      send: line(`GET ${target} HTTP/1.1`),
      is: { forwarded: ['GET /a'], headers: { host: 'media.example.org' } },
    }),
  ),
  good('an absolute target without a path', line('GET http://media.example.org HTTP/1.1'), 'GET /'),
  ...[
    'http://evil.example/a',
    'http://media.example.org:81/a',
    'http://a@media.example.org/a',
    'http://media.example.org@evil.example/a',
    'ftp://media.example.org/a',
    'http:/a',
    'http:///a',
    'http://media.example.org\\@evil/a',
    'http://media.example.org#/a',
    'javascript:a',
    'media.example.org:80',
    'file:///etc/passwd',
  ].map((target) => bad(`the target ${target}`, line(`GET ${target} HTTP/1.1`))),
  bad(
    'an absolute target and two Hosts',
    `GET http://media.example.org/a HTTP/1.1\r\n${HOST}Host: evil.example\r\n\r\n`,
  ),
];
