import { describe, expect, it } from 'vitest';
import { isPathStripped, relativeLocation } from '../../../../injector/http/node/relative-redirects.ts';

const HOSTS = ['media.example', ''];

describe('a redirect seen from the path that was asked for', () => {
  it.each([
    ['/', '/web/index.html', './web/index.html'],
    ['/web', 'http://media.example/web/', './web/'],
    ['/web', 'https://MEDIA.example/web/?x=1#y', './web/?x=1#y'],
    ['/a/b/c', '/a/d', '../d'],
    ['/a/b/c', '/', '../../'],
    ['/a/', '/a/', './'],
    ['/a', '/b:c', './b:c'],
    ['/web/', '/', '../'],
    ['/web', 'web/', 'web/'],
    ['/web', '//evil.example/web/', '//evil.example/web/'],
    ['/web', 'https://evil.example/web/', 'https://evil.example/web/'],
    ['/web', 'javascript:alert(1)', 'javascript:alert(1)'],
  ])('from %s to %s is %s', (from, location, expected) => {
    const made = relativeLocation(location, from, HOSTS);
    expect(made).toBe(expected);
    const base = `http://media.example${from}`;
    expect(new URL(made, base).pathname).toBe(new URL(location, base).pathname);
  });
});

describe('a path is stripped in front of us', () => {
  it.each([
    [undefined, '', false],
    ['https://media.example', '', false],
    ['https://media.example/jellyfin', '/Jellyfin', false],
    ['https://media.example/jf', '', true],
    ['https://media.example/jf/jellyfin', '/jellyfin', true],
  ])('public.url %s before base URL "%s": %s', (publicUrl, basePath, expected) => {
    expect(isPathStripped(publicUrl, basePath)).toBe(expected);
  });
});
