/**
 * Puts a text of lines between the marks `<!-- NAME -->` and `<!-- /NAME -->` of a page, in place of what stands there; idempotent.
 *
 * @param file Where the page is, for the error.
 * @throws {Error} when a mark is missing.
 */
export function putMarked(file: string, page: string, name: string, lines: string): string {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const from = page.indexOf(`${begin}\n`);
  const to = page.indexOf(end, from);
  if (from === -1 || to === -1) throw new Error(`${file}: put "${begin}" and "${end}" where it belongs`);
  return `${page.slice(0, from)}${begin}\n${lines}${page.slice(to)}`;
}

/** A code block of a language, as {@link putMarked} takes it. */
export const codeBlock = (language: string, code: string): string => `\`\`\`${language}\n${code}\`\`\`\n`;
