import { encodeQR } from 'qr';

/** The empty edge around a code, in modules: less, and cameras miss it. Source: ISO/IEC 18004 section 6.3.8. */
const EDGE = 4;

/** Characters of a line below the code: at a width of 320 px they are as high as those of a page. */
const LINE = 26;

/** Width of a character of the monospaced font in parts of its height; the widest of the common ones has 0.61. */
const CHARACTER = 0.62;

/**
 * Draws a QR code as an SVG document without script or style, black on white whatever the theme is. The text itself is only in
 * the squares, so nothing has to be escaped.
 *
 * @param text What a camera reads: at most some 2,300 bytes of UTF-8.
 * @param shown.below Stands in readable letters below the code, in as many lines as it needs. @default nothing
 * @throws {Error} for a text that is too long.
 * Source: npm qr 0.7.0, README; error correction M, which reads with 15 % of it covered.
 */
export function qrSvg(text: string, { below = '' }: { readonly below?: string } = {}): string {
  const modules = draw(text);
  const width = modules.length;
  const letters = (width - 2) / (LINE * CHARACTER);
  const lines = below === '' ? [] : breakLines(below);
  const height = width + Math.ceil(lines.length * letters * 1.3);
  const shownLines = lines.map(
    (line, index) =>
      `<text x="${width / 2}" y="${round(width + (index + 0.6) * letters * 1.3)}" font-size="${round(letters)}" font-family="monospace" text-anchor="middle">${escapeXml(line)}</text>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" shape-rendering="crispEdges">`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    `<path d="${pathOf(modules)}"/>`,
    ...shownLines,
    '</svg>\n',
  ].join('');
}

/**
 * Draws a QR code for a terminal: two rows of squares in a line, black on white in terminals of any colour.
 *
 * @returns Lines, each with its line break.
 * @throws As `qrSvg`.
 */
export function qrForTerminal(text: string): string {
  const modules = draw(text);
  let drawn = '';
  for (let y = 0; y < modules.length; y += 2) {
    const squares = (modules[y] ?? []).map((upper, x) => {
      const lower = modules[y + 1]?.[x] ?? false;
      if (upper) return lower ? '█' : '▀';
      return lower ? '▄' : ' ';
    });
    drawn += `\u001b[30;107m${squares.join('')}\u001b[0m\n`;
  }
  return drawn;
}

/** Rows of squares, true where they are black, with the edge. */
function draw(text: string): boolean[][] {
  return encodeQR(text, 'raw', { ecc: 'medium', border: EDGE });
}

/** One path for all black squares: those beside each other are one rectangle. */
function pathOf(modules: readonly (readonly boolean[])[]): string {
  return modules
    .flatMap((row, y) => {
      const runs: string[] = [];
      let begin = -1;
      for (let x = 0; x <= row.length; x += 1) {
        if (row[x] === true) begin = begin === -1 ? x : begin;
        else if (begin !== -1) {
          runs.push(`M${begin} ${y}h${x - begin}v1H${begin}z`);
          begin = -1;
        }
      }
      return runs;
    })
    .join('');
}

/** Breaks behind a slash where there is one in the second half of a line. */
function breakLines(text: string): string[] {
  const lines: string[] = [];
  let rest = text;
  while (rest.length > LINE) {
    const slash = rest.lastIndexOf('/', LINE - 1) + 1;
    const end = slash > LINE / 2 ? slash : LINE;
    lines.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return [...lines, rest];
}

const MARKUP: { readonly [sign: string]: string } = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** For the inside of an element; what may not stand in XML at all becomes a space. Source: XML 1.0 section 2.2. */
function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replace(/[&<>]/g, (sign) => MARKUP[sign] ?? '')
    .replace(/[\p{Cc}\uFFFE\uFFFF]/gu, ' ');
}

function round(length: number): number {
  return Math.round(length * 100) / 100;
}
