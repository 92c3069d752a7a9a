import { load } from 'cheerio';
import { describe, expect, it } from 'vitest';
import { qrForTerminal, qrSvg } from '../../../server/qr/qr-code.ts';
import { readQr } from '../../support/files/read-qr.ts';

const linesOf = (svg: string) =>
  load(svg, { xml: true })('text')
    .toArray()
    .map((line) => load(line).text());

describe('a QR code', () => {
  it.each([
    'https://films.example.org/gatehouse/account',
    'https://t.me/gatehouse_bot?start=AbC-_123',
    'Über & <b>"film"</b> \u{1F3AC}',
    `https://example.org/${'x'.repeat(900)}`,
  ])('is read as what it was made of: %s', async (text) => {
    expect(await readQr(qrSvg(text))).toBe(text);
    expect(await readQr(qrSvg(text, { below: text }))).toBe(text);
  });

  it('is a picture without script, style, or any word that was not asked for', () => {
    const names = load(qrSvg('https://example.org/?a=<script>'), { xml: true })('*').toArray();
    expect(names.map((element) => ('name' in element ? element.name : ''))).toEqual(['svg', 'rect', 'path']);
  });

  it('has what stands below it in lines that fit, broken behind a slash where there is one', () => {
    const address = 'https://films.example.org/gatehouse/account';
    expect(linesOf(qrSvg(address, { below: address }))).toEqual([
      'https://films.example.org/',
      'gatehouse/account',
    ]);
    const lines = linesOf(qrSvg('x', { below: 'y'.repeat(60) }));
    expect(lines.map(({ length }) => length)).toEqual([26, 26, 8]);
  });

  it('keeps markup and what XML has not below it as text', () => {
    const svg = qrSvg('x', { below: '</text><script>&\u0000\uD800' });
    expect(linesOf(svg)).toEqual(['</text><script>& \uFFFD']);
    expect(svg).not.toContain('<script');
  });

  it('is refused for a text that no code can hold', () => {
    expect(() => qrSvg('x'.repeat(3000))).toThrow();
  });

  it('is read from a terminal, too', async () => {
    const drawn = qrForTerminal('https://example.org/a');
    const start = String.fromCharCode(27);
    const rows = drawn
      .trimEnd()
      .split('\n')
      .map((line) => line.replace(`${start}[30;107m`, '').replace(`${start}[0m`, ''));
    expect(new Set(rows.map(({ length }) => length)).size).toBe(1);
    const squares = rows.flatMap((row, y) =>
      [...row].map((sign, x) => {
        const upper = '▀█'.includes(sign) ? `<rect x="${x}" y="${2 * y}" width="1" height="1"/>` : '';
        return '▄█'.includes(sign) ? `${upper}<rect x="${x}" y="${2 * y + 1}" width="1" height="1"/>` : upper;
      }),
    );
    const width = rows[0]?.length ?? 0;
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${2 * rows.length}"><rect width="99" height="99" fill="#fff"/>${squares.join('')}</svg>`;
    expect(await readQr(svg)).toBe('https://example.org/a');
  });
});
