import { type CheerioAPI, load } from 'cheerio';
import type { Tag } from '../kit/define-mod.ts';
import type { OnModFailure } from '../kit/mod-failures.ts';
import type { FileChanges } from '../kit/plan.ts';

/** What the engine itself puts into the page besides the mods' tags. */
export interface PageExtras {
  /** Address of the client script, relative to the page; absent when no mod runs in the browser. */
  readonly scriptUrl?: string;
  /** Address of the stylesheet of all mods, relative to the page; absent when there are no rules. */
  readonly styleUrl?: string;
}

/**
 * Rewrites `index.html`: one parse, the mods' `html` hooks in order, then tags. A hook that throws is left out and
 * reported, and the page is made again without it, so that nothing half-done stays.
 *
 * Promises: never throws for a broken mod; the same input gives the same output.
 */
export function rewritePage(
  html: string,
  changes: Pick<FileChanges, 'htmlHooks' | 'tags'>,
  extras: PageExtras,
  onFailure: OnModFailure,
): string {
  const broken = new Set<string>();
  for (;;) {
    const page = load(html);
    const failed = runHooks(page, changes.htmlHooks, broken, onFailure);
    if (failed !== undefined) {
      broken.add(failed);
      continue;
    }
    const tags = changes.tags.filter((entry) => !broken.has(entry.mod)).map((entry) => entry.tag);
    insert(page, [...engineTags(extras), ...tags]);
    return page.html();
  }
}

function runHooks(
  page: CheerioAPI,
  hooks: FileChanges['htmlHooks'],
  broken: ReadonlySet<string>,
  onFailure: OnModFailure,
): string | undefined {
  for (const { mod, run } of hooks) {
    if (broken.has(mod)) continue;
    try {
      run(page);
    } catch (error) {
      onFailure({ mod, hook: 'html', error });
      return mod;
    }
  }
  return undefined;
}

/**
 * The script is classic, not deferred, and the first in `<head>`, so that it is there before Jellyfin's plugin manager
 * looks for it; an external one works behind a strict CSP. Source: jellyfin-web 10.8 to 12.0, seen running.
 */
function engineTags(extras: PageExtras): Tag[] {
  const tags: Tag[] = [];
  if (extras.scriptUrl !== undefined) {
    tags.push({ tag: 'script', attributes: { src: extras.scriptUrl }, place: 'head-start' });
  }
  if (extras.styleUrl !== undefined) {
    tags.push({ tag: 'link', attributes: { rel: 'stylesheet', href: extras.styleUrl }, place: 'head-end' });
  }
  return tags;
}

function insert(page: CheerioAPI, tags: readonly Tag[]): void {
  // Later ones are put before earlier ones at the start, so that the first of the list comes first.
  for (const tag of tags.filter((candidate) => candidate.place === 'head-start').reverse()) {
    putIn(page, 'head', 'prepend', element(page, tag));
  }
  for (const tag of tags) {
    if (tag.place === 'head-end') putIn(page, 'head', 'append', element(page, tag));
    if (tag.place === 'body-end') putIn(page, 'body', 'append', element(page, tag));
  }
}

/** A page that went through us before has it already: one that is there as it would be is not put in again. */
function putIn(
  page: CheerioAPI,
  part: 'head' | 'body',
  how: 'prepend' | 'append',
  made: ReturnType<typeof element>,
): void {
  const html = page.html(made);
  const isThere = page(part)
    .children(made.prop('tagName')?.toLowerCase())
    .toArray()
    .some((present) => page.html(present) === html);
  if (!isThere) page(part)[how](made);
}

function element(page: CheerioAPI, tag: Tag) {
  if (!/^[a-z][a-z0-9-]*$/.test(tag.tag)) throw new TypeError(`"${tag.tag}" is not an element name`);
  const made = page(`<${tag.tag}></${tag.tag}>`);
  for (const [name, value] of Object.entries(tag.attributes ?? {})) {
    if (value !== false) made.attr(name, value === true ? '' : value);
  }
  // Text of a script or style is not escaped by HTML's rules; only its end tag could break out.
  if (tag.text !== undefined) made.text(tag.text.replace(/<\/(?=script|style)/gi, '<\\/'));
  return made;
}
