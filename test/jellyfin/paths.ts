function decodeBytes(raw: string): string {
  // %2F stays as it is: Kestrel never lets an encoded slash become a separator.
  return raw.replace(/(?:%(?!2f)[0-9a-f]{2})+/gi, (run) => {
    const bytes = Buffer.from(run.replaceAll('%', ''), 'hex');
    const text = bytes.toString('utf8');
    return Buffer.from(text, 'utf8').equals(bytes) ? text : run;
  });
}

function withoutDots(path: string): string {
  const out: string[] = [];
  const parts = path.split('/').slice(1);
  parts.forEach((part, at) => {
    const isLast = at === parts.length - 1;
    if (part === '..') out.pop();
    else if (part !== '.') out.push(part);
    if ((part === '.' || part === '..') && isLast) out.push('');
  });
  return `/${out.join('/')}`;
}

/** The parts of a request target, as Kestrel reads them. */
export interface Target {
  /** Decoded once, dot segments resolved; `%2F` is still encoded. */
  path: string;
  /** Without the question mark. */
  query: string;
  /** The authority of an absolute-form target. */
  authority?: string;
}

/**
 * Reads a request target: origin form, absolute form or `*`. Undefined for what Kestrel answers with 400 itself.
 * Source: live, raw sockets against all five versions.
 */
export function readTarget(raw: string): Target | undefined {
  const absolute = /^https?:\/\/([^/?]*)([^?]*)(\?.*)?$/i.exec(raw);
  const mark = raw.indexOf('?');
  const rawPath = absolute ? absolute[2] || '/' : mark < 0 ? raw : raw.slice(0, mark);
  const query = absolute ? (absolute[3] ?? '').slice(1) : mark < 0 ? '' : raw.slice(mark + 1);
  if (/%00/.test(rawPath)) return undefined;
  const path = rawPath === '*' ? '/' : withoutDots(decodeBytes(rawPath));
  return absolute ? { path, query, authority: absolute[1] ?? '' } : { path, query };
}

/**
 * From one path to another as a relative reference: what the base-URL middleware puts into Location. With the
 * base URL `/jellyfin`, `/web/` leads to `./web/`.
 */
export function relativePath(from: string, to: string): string {
  const a = from.split('/');
  const b = to.split('/');
  let same = 0;
  while (same < a.length - 1 && same < b.length - 1 && a[same] === b[same]) same += 1;
  return `${'../'.repeat(a.length - 1 - same)}${b.slice(same).join('/')}`;
}

/** Query parameters by lower-case name; of several with one name the first counts. */
export function readQuery(query: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(query)) {
    if (!found.has(name.toLowerCase())) found.set(name.toLowerCase(), value);
  }
  return found;
}
