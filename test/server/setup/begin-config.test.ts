import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { editYaml } from '../../../server/config/edit-yaml.ts';
import { beginConfig } from '../../../server/setup/begin-config.ts';

const edits = (fields: Readonly<Record<string, string>>) =>
  Object.entries(fields).map(([field, value]) => ({ path: field.split('.'), value }));

it('has no section without a value, and no placeholder', () => {
  const wanted = edits({ 'jellyfin.url': 'http://127.0.0.1:8096' });
  const text = editYaml(beginConfig(wanted), wanted);
  expect(parse(text)).toEqual({ jellyfin: { url: 'http://127.0.0.1:8096' } });
  expect(text).not.toMatch(/paste-|API Keys/);
});

it('keeps the comments of what has one', () => {
  const wanted = edits({
    ...{
      'jellyfin.url': 'http://127.0.0.1:8096',
      'jellyfin.apiKey': 'k',
      'public.url': 'https://m.example.org',
    },
    ...{ 'reset.method': 'link', 'mail.provider': 'gmail', 'mail.from': 'a@example.org' },
  });
  const text = editYaml(beginConfig(wanted), wanted);
  expect(parse(text)).toEqual({
    jellyfin: { url: 'http://127.0.0.1:8096', apiKey: 'k' },
    public: { url: 'https://m.example.org' },
    reset: { method: 'link' },
    mail: { provider: 'gmail', from: 'a@example.org' },
    storage: './gatehouse.db',
  });
  expect(text).toContain('  # Made in Jellyfin under Dashboard, API Keys.\n  apiKey: k\n');
  // It is about an address, and there is none.
  expect(text).not.toContain('smtps://');
});
