import type { Answer } from './answers.ts';
import type { Access, Caller } from './authorization.ts';
import type { FakeRequest } from './request.ts';
import type { World } from './world.ts';

/** One call of an endpoint. */
export interface Call {
  world: World;
  request: FakeRequest;
  caller: Caller;
  /** The values of the pattern's `{names}`. */
  params: ReadonlyMap<string, string>;
}

/** What an endpoint does with a call. */
export type Endpoint = (call: Call) => Answer | Promise<Answer>;

/** A method and a path pattern such as `/Users/{userId}/Policy`. */
export interface Route {
  method: string;
  pattern: string;
  access: Access;
  endpoint: Endpoint;
}

/** A route, in one line: `route('GET', '/System/Info', 'signed-in', systemInfo)`. */
export function route(method: string, pattern: string, access: Access, endpoint: Endpoint): Route {
  return { method, pattern, access, endpoint };
}

/** What a path led to: a route, the methods that would have been allowed, or nothing. */
export type Match =
  | { kind: 'found'; route: Route; params: ReadonlyMap<string, string> }
  | { kind: 'wrong-method'; allow: string }
  | { kind: 'unknown' };

function matchPattern(pattern: string, segments: readonly string[]): Map<string, string> | undefined {
  const wanted = pattern.split('/').slice(1);
  if (wanted.length !== segments.length) return undefined;
  const params = new Map<string, string>();
  for (const [at, want] of wanted.entries()) {
    const got = segments[at] ?? '';
    const name = /^\{(\w+)\}$/.exec(want)?.[1];
    if (name !== undefined && got !== '') params.set(name, got);
    else if (!equalAscii(want, got)) return undefined;
  }
  return params;
}

/** Only ASCII letters are compared without their case: a long s or a Kelvin sign is another letter. */
function equalAscii(a: string, b: string): boolean {
  const lower = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  return lower(a) === lower(b);
}

/**
 * Finds the route of a path like ASP.NET: any letter case, one trailing slash, words before `{names}`, and 405 with
 * the methods of all patterns that fit the path.
 */
export function matchRoute(routes: readonly Route[], method: string, path: string): Match {
  const segments = path
    .replace(/(?<=[^/])\/$/, '')
    .split('/')
    .slice(1);
  const fitting = routes.flatMap((candidate) => {
    const params = matchPattern(candidate.pattern, segments);
    return params ? [{ route: candidate, params }] : [];
  });
  if (fitting.length === 0) return { kind: 'unknown' };
  const [best] = fitting
    .filter((fit) => fit.route.method === method)
    .sort((a, b) => a.params.size - b.params.size);
  if (best) return { kind: 'found', ...best };
  const allow = [...new Set(fitting.map((fit) => fit.route.method))].sort().join(', ');
  return { kind: 'wrong-method', allow };
}
