import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { editYaml } from '../../../server/config/edit-yaml.ts';

const TEXT = `# Ours.
jellyfin:   # behind
  url:   'http://127.0.0.1:8096'   # here
  apiKey: abc

# How people reach it.
public: { url: https://a.example.org, hosts: [a, b] }
empty:
mods:
  login-notice:
    - { text: "Hello" }   # twice
`;

const put = (path: string, value: string | undefined, text = TEXT): string =>
  editYaml(text, [{ path: path.split('.'), value }]);

describe('editYaml', () => {
  it.each([
    ['jellyfin.url', 'http://jellyfin:8096', `'http://127.0.0.1:8096'`, 'http://jellyfin:8096'],
    ['public.url', 'https://b.example.org', 'https://a.example.org', 'https://b.example.org'],
    ['jellyfin.apiKey', 'a: #b', 'abc', '"a: #b"'],
    ['jellyfin.apiKey', '0123', 'abc', '"0123"'],
    ['jellyfin.dataFolder', '/config', 'apiKey: abc\n', 'apiKey: abc\n  dataFolder: /config\n'],
    ['public.insecure', 'x', 'hosts: [a, b]', 'hosts: [a, b], insecure: x'],
    ['empty', 'x', 'empty:', 'empty: x'],
    ['storage', 'x', '# twice\n', '# twice\nstorage: x\n'],
    ['reset.method', 'link', '# twice\n', '# twice\n\nreset:\n  method: link\n'],
  ])('sets %s to %s, and leaves every other byte', (path, value, before, after) => {
    expect(put(path, value)).toBe(TEXT.replace(before, after));
  });

  it('removes a line, and nothing where there is none', () => {
    expect(put('jellyfin.apiKey', undefined)).toBe(TEXT.replace('  apiKey: abc\n', ''));
    expect(put('mail.url', undefined)).toBe(TEXT);
  });

  it('begins a file that is empty, and one whose last line has no end', () => {
    expect(put('mail.from', 'a@b', '')).toBe('mail:\n  from: a@b\n');
    expect(parse(put('a.c', 'd', 'a:\n  b: x'))).toEqual({ a: { b: 'x', c: 'd' } });
  });

  it.each([
    'https://x.example.org',
    'a"b\\c',
    ' blank ',
    'true',
    '1e3',
    "it's",
    '- x',
    'ä: ö',
    '%41',
    '{a}',
    'a, b',
  ])('keeps %j as it is, on a line of its own and in a group on one line', (value) => {
    expect(parse(put('jellyfin.apiKey', value)).jellyfin.apiKey).toBe(value);
    expect(parse(put('public.url', value)).public.url).toBe(value);
  });

  it('keeps comments where it has to write the text anew', () => {
    const text = '# mine\na: { b: c } # yours\n';
    expect(put('a.b', undefined, text)).toMatch(/^# mine\na: \{\s*\} # yours\n$/);
  });
});
