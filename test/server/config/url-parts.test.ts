import { describe, expect, it } from 'vitest';
import { recognizeUrlPart } from '../../../server/config/url-parts.ts';

const SECRETS = { username: 'films', pass: 'hunter2secret' };

describe('recognizeUrlPart', () => {
  it.each([
    [{ host: 'smtp.example.org' }, 'smtp://smtp.example.org:587'],
    [{ host: 'smtp.example.org', port: 25 }, 'smtp://smtp.example.org:25'],
    [{ host: 'smtp.example.org', port: '465', ...SECRETS }, 'smtps://user:password@smtp.example.org:465'],
    [{ host: 'smtp.example.org', tls: 'ssl' }, 'smtps://smtp.example.org:465'],
    [{ smtp_server: 'fd00::5', username: 'a' }, 'smtp://user:password@[fd00::5]:587'],
    // A name that is an address has to be encoded; whose it is need not be told.
    [
      { host: 'smtp.example.org', login: 'ada@example.org' },
      'smtp://user%40example.org:password@smtp.example.org:587',
    ],
    // Nothing that may be a secret in the wrong line is repeated.
    [
      { host: 'hunter 2 secret', port: 'hunter2', login: 'hunter2secret' },
      'smtp://user:password@mail.example.org:587',
    ],
    // Two of them are fields of mail: they may stay where they are.
    [
      { host: 'smtp.example.org', user: 'ada@example.org', password: 'hunter2secret' },
      'smtp://smtp.example.org:587',
    ],
  ])('mail of %j is %s', (group, address) => {
    const key = Object.keys(group)[0] ?? '';
    expect(recognizeUrlPart('mail', key, group)).toEqual({ field: 'mail.url', address });
  });

  it.each([
    ['jellyfin', { host: 'jellyfin', port: 8096, basePath: '/jf/' }, 'http://jellyfin:8096/jf'],
    ['jellyfin', { address: '192.168.1.5', ssl: true, port: '8920' }, 'https://192.168.1.5:8920'],
    ['public', { domain: 'media.example.org' }, 'https://media.example.org'],
    ['service', { host: 'reset', port: 8098 }, 'http://reset:8098'],
  ])('%s of %j is %s', (section, group, address) => {
    const key = Object.keys(group)[0] ?? '';
    expect(recognizeUrlPart(section, key, group)).toEqual({ field: `${section}.url`, address });
  });

  it.each([
    ['mail', 'form'],
    ['mail', 'basePath'],
    ['listen', 'port'],
    ['jellyfin', 'password'],
    ['constructor', 'host'],
  ])('%s.%s is no part of an address', (section, key) => {
    expect(recognizeUrlPart(section, key, {})).toBeUndefined();
  });
});
