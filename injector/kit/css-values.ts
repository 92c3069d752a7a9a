import { z } from 'zod';

/** What would end a string of a stylesheet, or be read as something else in it. */
const SPECIAL = /["\\<\p{Cc}]/gu;

/** Any text as a string of a stylesheet, quotes included. Source: CSS Syntax 3, section 4.3.5. */
export function cssString(text: string): string {
  return `"${text.replace(SPECIAL, (character) => `\\${character.codePointAt(0)?.toString(16)} `)}"`;
}

/** An address as a value of a stylesheet. */
export const cssUrl = (href: string): string => `url(${cssString(href)})`;

/** Hex, a name, or numbers in `rgb()` or `hsl()`; nothing that could end a declaration. */
const COLOUR = /^(?:#(?:[\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})|[a-z]{3,20}|(?:rgb|hsl)a?\([\d.,%/ ]{5,60}\))$/i;

/** The option for a colour, as stylesheets write it. Its value may stand in a stylesheet as it is. */
export function colour() {
  return z.string().trim().regex(COLOUR, {
    error: 'must be a colour as stylesheets write it, such as "#101010", black or rgb(16, 16, 16)',
  });
}
