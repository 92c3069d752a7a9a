import type { ErrorCode } from 'yaml';

/**
 * Our sentence for each way in which a text is not YAML. The library's own messages are not used: some repeat a
 * piece of the file, which may be a password. Source: yaml 2.9 `errors.ts`.
 */
const SENTENCES: { readonly [code in ErrorCode]?: string } = {
  TAB_AS_INDENT: 'is indented with a tab; use spaces',
  BAD_INDENT:
    'is not indented like its neighbours, or a bracket is not closed; fields of one group begin in one column',
  BLOCK_AS_IMPLICIT_KEY:
    'holds a second "name:"; put quotes around text with a colon, and indent fields of one group alike',
  MULTILINE_IMPLICIT_KEY:
    'holds a second "name:"; put quotes around text with a colon, and indent fields of one group alike',
  BLOCK_IN_FLOW: 'mixes brackets with indented lines; use one of them',
  BAD_SCALAR_START:
    'begins with a character that means something else in YAML (@, `, %); put quotes around it',
  BAD_DQ_ESCAPE: 'has a backslash that means nothing inside double quotes; use single quotes, or write \\\\',
  MISSING_CHAR: 'lacks a character: a colon after a name, a closing quote or a closing bracket',
  UNEXPECTED_TOKEN: 'has something left over behind its value; put quotes around the whole value',
  MULTIPLE_DOCS: 'begins a second document with ---; keep one',
  BAD_DIRECTIVE: 'begins with %, which is a directive in YAML; remove it, or put quotes around it',
  NON_STRING_KEY: 'has a name that is not plain text; write one word before the colon',
  KEY_OVER_1024_CHARS: 'has a name of more than 1024 characters',
  RESOURCE_EXHAUSTION: 'is nested too deeply',
};

/** The sentence for an error of the parser. */
export function describeYamlFault(code: ErrorCode): string {
  return SENTENCES[code] ?? 'is not valid YAML; look at the indentation, colons and quotes around here';
}
