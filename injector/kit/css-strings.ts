/** What would end a string of a stylesheet, or be read as something else in it. */
const SPECIAL = /["\\<\p{Cc}]/gu;

/** Any text as a string of a stylesheet, quotes included. Source: CSS Syntax 3, section 4.3.5. */
export function cssString(text: string): string {
  return `"${text.replace(SPECIAL, (character) => `\\${character.codePointAt(0)?.toString(16)} `)}"`;
}

/** An address as a value of a stylesheet. */
export const cssUrl = (href: string): string => `url(${cssString(href)})`;
