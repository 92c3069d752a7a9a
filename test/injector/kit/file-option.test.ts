import { describe, expect, it } from 'vitest';
import {
  createFiles,
  FileMissingError,
  type FileRef,
  fileOption,
  filesIn,
  keyOf,
} from '../../../injector/kit/file-option.ts';

describe('the option for a file', () => {
  it.each([
    ['garden.jpg', 'garden.jpg'],
    ['./pictures/garden.jpg', 'pictures/garden.jpg'],
    ['https://example.org/a%20b.png?x=1', 'https://example.org/a%20b.png?x=1'],
  ])('takes %s', (written, from) => {
    expect(fileOption('picture').parse(written)).toEqual({ kind: 'picture', from });
  });

  it.each([
    '/etc/passwd',
    '../secret.png',
    'pictures/../../secret.png',
    '~/garden.jpg',
    'C:\\garden.jpg',
    'a\\b.png',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:image/png;base64,AA==',
    'ftp://example.org/a.png',
    'https://ada:secret@example.org/a.png',
    'a//b.png',
    ' garden.jpg',
    'a\u0000.png',
    '',
  ])('refuses %j', (written) => {
    expect(fileOption('picture').safeParse(written).success).toBe(false);
  });

  it('takes no address for a folder', () => {
    expect(fileOption('fonts').safeParse('https://example.org/fonts').success).toBe(false);
    expect(fileOption('fonts').parse('fonts')).toEqual({ kind: 'fonts', from: 'fonts' });
    const { error } = fileOption('pictures').safeParse('https://example.org/avatars');
    expect(error?.issues[0]?.message).toBe('must be a path beside config.yaml, such as pictures');
  });
});

describe('files in options', () => {
  const one: FileRef = { kind: 'picture', from: 'a.png' };
  const other: FileRef = { kind: 'icons', from: 'a.png' };

  it('are found wherever they stand, each once', () => {
    const options = { image: one, list: [one, { deep: other }], text: 'b.png', nothing: null };
    expect(filesIn(options)).toEqual([one, other]);
  });

  it('are looked up by kind and name; one that could not be had says why', () => {
    const files = createFiles({
      [keyOf(one)]: { href: '../gatehouse/mods/a.png' },
      [keyOf(other)]: 'is no picture',
    });
    expect(files.get(one).href).toBe('../gatehouse/mods/a.png');
    expect(() => files.get(other)).toThrow(new FileMissingError(other, 'is no picture'));
    expect(() => files.get({ kind: 'style', from: 'toString' })).toThrow('toString: was not read');
  });
});
