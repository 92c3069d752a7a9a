import { type Document, isAlias, isPair, isScalar, isSeq, visit } from 'yaml';
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
