import {
  type Document,
  type ErrorCode,
  isAlias,
  isPair,
  isScalar,
  isSeq,
  visit,
  type YAMLParseError,
} from 'yaml';
import type { Path } from './path.ts';

/** Something YAML allows and a configuration has no use for. */
export interface Misuse {
  /** Where in the text, from 0. */
  readonly offset: number;
  readonly path: Path;
  readonly message: string;
}

/**
 * Finds names written twice, aliases, anchors and tags. They are mostly slips: text that begins with `*`, `&` or `!`
 * and lacks quotes. Refusing aliases is also what keeps a small file from unfolding into a large one.
 *
 * @param text What the document was made of.
 */
export function findMisuse(document: Document.Parsed, text: string): Misuse[] {
  const found: Misuse[] = [];
  visit(document, {
    Node(_, node, ancestors) {
      const start = node.range?.[0] ?? 0;
      const report = (sign: string, kind: string, offset: number) => {
        const message = `begins with ${sign}, which means ${kind} in YAML; put quotes around it`;
        found.push({ offset, path: pathOf([...ancestors, node]), message });
      };
      if (isAlias(node)) report('*', 'an alias', start);
      else if (node.anchor !== undefined) report('&', 'an anchor', Math.max(0, text.lastIndexOf('&', start)));
      else if (node.tag !== undefined) report('!', 'a tag', Math.max(0, text.lastIndexOf('!', start)));
    },
    Map(_, map, ancestors) {
      const seen = new Set<unknown>();
      for (const { key: name } of map.items) {
        if (!isScalar(name)) continue;
        if (seen.has(name.value)) {
          const path = [...pathOf([...ancestors, map]), String(name.value)];
          found.push({
            offset: name.range?.[0] ?? 0,
            path,
            message: 'is written twice in the same group; keep one',
          });
        }
        seen.add(name.value);
      }
    },
  });
  return found;
}

/** The path of the last of these nodes, each of which stands in the one before. */
function pathOf(nodes: readonly unknown[]): Path {
  return nodes.flatMap((node, index): PropertyKey[] => {
    if (isPair(node) && isScalar(node.key)) return [String(node.key.value)];
    const position = isSeq(node) ? node.items.indexOf(nodes[index + 1]) : -1;
    return position < 0 ? [] : [position];
  });
}

const NOT_ONE_PAIR =
  'cannot be read as one "name: value": a colon is missing, text with a colon lacks quotes, or the lines below are indented differently';

/**
 * Our sentence for each way in which a text is not YAML. The library's own messages are not shown: some repeat a
 * piece of the file, which may be a password. Source: yaml 2.9 `errors.ts`.
 */
const SENTENCES: { readonly [code in ErrorCode]?: string } = {
  TAB_AS_INDENT: 'is indented with a tab; use spaces',
  BAD_INDENT: 'is not indented like its neighbours; fields of one group begin in one column',
  BLOCK_AS_IMPLICIT_KEY: NOT_ONE_PAIR,
  MULTILINE_IMPLICIT_KEY: NOT_ONE_PAIR,
  MISSING_CHAR: NOT_ONE_PAIR,
  BLOCK_IN_FLOW: 'mixes brackets with indented lines; use one of them',
  BAD_SCALAR_START:
    'begins with a character that means something else in YAML (@, `, %); put quotes around it',
  BAD_DQ_ESCAPE: 'has a backslash that means nothing inside double quotes; use single quotes, or write \\\\',
  UNEXPECTED_TOKEN: 'has something left over behind its value; put quotes around the whole value',
  MULTIPLE_DOCS: 'begins a second document with ---; keep one',
  BAD_DIRECTIVE: 'begins with %, which is a directive in YAML; remove it, or put quotes around it',
  NON_STRING_KEY: 'has a name that is not plain text; write one word before the colon',
  KEY_OVER_1024_CHARS: 'has a name of more than 1024 characters',
  RESOURCE_EXHAUSTION: 'is nested too deeply to be a configuration',
};

/** The sentence for an error of the parser. Never repeats a piece of the text. */
export function describeYamlFault({ code, message }: YAMLParseError): string {
  // One code stands for several slips; the beginning of the message is fixed text and tells them apart.
  if (message.startsWith('Missing closing'))
    return 'a quotation mark above is opened and not closed before this place';
  if (message.startsWith('Flow map')) return 'a { above is opened and not closed with } before this place';
  if (message.startsWith('Flow sequence'))
    return 'a [ above is opened and not closed with ] before this place';
  return SENTENCES[code] ?? 'is not valid YAML; look at the indentation, colons and quotes around here';
}
