import { recogniseBlocks } from './css-blocks.ts';
import { type KnownRule, recogniseRule } from './css-rules.ts';
import {
  addressIn,
  type Declaration,
  readDeclarations,
  readStatements,
  type Statement,
  selectorsOf,
} from './css-statements.ts';
import type { Finding } from './finding.ts';
import { PROPOSE } from './proposals.ts';

/** A stylesheet, understood as far as it is known. */
export interface CssReading {
  readonly findings: readonly Finding[];
  /** Rules that nothing was recognised in, as written; empty when there are none. */
  readonly rest: string;
}

/** An absolute address, and nothing behind it that makes it count only sometimes. */
const PLAIN_IMPORT = /^@import (?:url\( ?)?["']?https?:\/\/[^\s"')]+["']?(?: ?\))?$/i;

/**
 * Recognises what mods do in a stylesheet. Never throws, and takes time in proportion to the length.
 *
 * @param where How the findings call the sheet.
 */
export function recogniseCss(css: string, where: string): CssReading {
  const statements = readStatements(css);
  const blocks = recogniseBlocks(statements);
  const taken = new Set(blocks.flatMap((block) => block.taken));
  const findings: Finding[] = blocks.map(({ what, proposal, advice }) => ({ where, what, proposal, advice }));
  const rest: string[] = [];
  for (const statement of statements) {
    if (taken.has(statement)) continue;
    const address = PLAIN_IMPORT.test(statement.head)
      ? addressIn(statement.head.slice('@import '.length))
      : undefined;
    if (address !== undefined) {
      findings.push({ where, what: 'imports a theme', proposal: PROPOSE.theme(address) });
      continue;
    }
    const { known, left } = readRule(statement);
    findings.push(...known.map(({ what, proposal, advice }) => ({ where, what, proposal, advice })));
    if (left !== '') rest.push(left);
  }
  return { findings, rest: rest.join('\n') };
}

function readRule(statement: Statement): { known: readonly KnownRule[]; left: string } {
  const lines = statement.head.startsWith('@') ? undefined : readDeclarations(statement.body);
  if (lines === undefined) return { known: [], left: statement.text };
  const known: KnownRule[] = [];
  const left = selectorsOf(statement).flatMap((selector) => {
    const rule = recogniseRule(selector, lines);
    if (rule === undefined) return { selector, lines };
    known.push(rule);
    const others = lines.filter(({ name }) => !rule.done.includes(name));
    return others.length === 0 ? [] : { selector, lines: others };
  });
  return { known, left: known.length === 0 ? statement.text : left.map(writeRule).join('\n') };
}

const writeRule = ({ selector, lines }: { selector: string; lines: readonly Declaration[] }): string =>
  `${selector} { ${lines.map(({ text }) => `${text};`).join(' ')} }`;
