import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * True when people see a path that does not reach us: a proxy in front of us strips it.
 *
 * @param publicUrl `public.url`; undefined when the config does not say.
 * @param basePath Jellyfin's base URL, which does reach us.
 */
export function isPathStripped(publicUrl: string | undefined, basePath: string): boolean {
  if (publicUrl === undefined) return false;
  return new URL(publicUrl).pathname.replace(/(?<!\/)\/+$/, '').toLowerCase() !== basePath.toLowerCase();
}

/**
 * Makes redirects of this answer relative that lead to a path of the same server. A proxy in front that strips a path
 * (`https://host/jf/` is our `/`) leaves them as they are, and an absolute one would lead out of that path; a relative
 * one is right for everybody, also for who comes past that proxy.
 * Source: 10.8 sends `/` to `/web/index.html`, and every version `/web` to the Host it was asked by; RFC 9110 section 10.2.2.
 */
export function makeRedirectsRelative(request: IncomingMessage, response: ServerResponse): void {
  const from = (request.url ?? '/').split('?', 1)[0] ?? '/';
  const hosts = [request.headers.host, request.headers['x-forwarded-host']].map((host) =>
    String(host ?? '').toLowerCase(),
  );
  const writeHead = response.writeHead.bind(response) as (...parts: unknown[]) => ServerResponse;
  response.writeHead = ((status: number, ...rest: unknown[]) => {
    if (status < 300 || status > 399) return writeHead(status, ...rest);
    return writeHead(status, ...rest.map((part) => (Array.isArray(part) ? rewrite(part) : part)));
  }) as typeof response.writeHead;

  /** Names and values in turn. */
  function rewrite(headers: readonly string[]): string[] {
    return headers.map((value, index) =>
      index % 2 === 1 && headers[index - 1]?.toLowerCase() === 'location'
        ? relativeLocation(value, from, hosts)
        : value,
    );
  }
}

/** The same address as seen from a path, or unchanged when it leads to another server or is relative already. */
export function relativeLocation(location: string, from: string, hosts: readonly string[]): string {
  const [, host, target] = /^(?:https?:\/\/([^/?#]+))?(\/(?!\/).*)$/i.exec(location) ?? [];
  if (target === undefined || (host !== undefined && !hosts.includes(host.toLowerCase()))) return location;
  const folders = from.split('/').slice(1, -1);
  const parts = target.slice(1).split('/');
  let same = 0;
  while (same < folders.length && same < parts.length - 1 && folders[same] === parts[same]) same += 1;
  // The dot keeps an empty first part, or one with a colon, from being read as something else.
  return `${'../'.repeat(folders.length - same) || './'}${parts.slice(same).join('/')}`;
}
