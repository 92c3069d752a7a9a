import { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { carriesToken } from '../../../injector/jellyfin/credentials.ts';

const CLIENT = 'MediaBrowser Client="Jellyfin Web", Device="Chrome", DeviceId="abc", Version="10.11.11"';

describe('a request', () => {
  it.each<[Record<string, string>, string, boolean]>([
    [{}, '/Branding/Configuration', false],
    [{ authorization: CLIENT }, '/Branding/Configuration', false],
    [{ authorization: `${CLIENT}, Token=""` }, '/Branding/Configuration', false],
    [{ authorization: `${CLIENT}, Token="0a1b"` }, '/Branding/Configuration', true],
    [{ authorization: `${CLIENT}, token=0a1b` }, '/Branding/Configuration', true],
    [{ 'x-emby-authorization': `${CLIENT}, Token="0a1b"` }, '/', true],
    [{ 'x-emby-token': '0a1b' }, '/', true],
    [{ 'x-emby-token': '' }, '/', false],
    [{ 'x-mediabrowser-token': '0a1b' }, '/', true],
    [{}, '/Branding/Configuration?api_key=0a1b', true],
    [{}, '/Branding/Configuration?x=1&ApiKey=0a1b', true],
    [{}, '/Branding/Configuration?ApiKey=', false],
  ])('with %j for %s carries a token: %s', (headers, url, expected) => {
    const request = Object.assign(new IncomingMessage(null as never), { headers, url });
    expect(carriesToken(request)).toBe(expected);
  });
});
