import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeBlock, putMarked } from './marked-text.ts';

const ROOT = join(import.meta.dirname, '..');

/** The page that shows the programs of `examples/`. */
export const EXAMPLES_PAGE = 'docs/injector.md';

/** They are run as they stand; the page shows the same bytes. */
const EXAMPLES = ['examples/express/server.js', 'examples/node-http/server.js'];

/** Puts each program between its marks. @throws {Error} when a mark is missing. */
export function putExamples(page: string): string {
  let text = page;
  for (const file of EXAMPLES) {
    const program = readFileSync(join(ROOT, file), 'utf8');
    text = putMarked(EXAMPLES_PAGE, text, file, codeBlock('js', program));
  }
  return text;
}
