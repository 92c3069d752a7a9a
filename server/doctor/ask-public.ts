import http, { type IncomingHttpHeaders } from 'node:http';
import https from 'node:https';

/** What came back, whatever it is; `fault` is the system's code, or what else went wrong. */
export type PublicAnswer =
  | { readonly status: number; readonly headers: IncomingHttpHeaders }
  | { readonly fault: string }
  | 'silence';

/**
 * Asks through `public.url` by hand, where `fetch` does not let us say what is to be said: another connection, HTTP/1.1, and
 * the head alone of a body that never comes. Reads no body, follows nothing. Never rejects.
 *
 * @returns `silence` where nothing came in that time, which is an answer of its own to half a request.
 */
export function askPublic(
  address: string,
  asked: {
    readonly method: string;
    readonly headers: Readonly<Record<string, string | number>>;
    readonly timeoutMs: number;
    /** Only the head is sent. */
    readonly isHeadOnly?: true;
  },
): Promise<PublicAnswer> {
  const { method, headers, timeoutMs, isHeadOnly } = asked;
  return new Promise((resolve) => {
    const request = (address.startsWith('https:') ? https : http).request(address, {
      method,
      headers,
      agent: false,
    });
    const timer = setTimeout(() => end('silence'), timeoutMs);
    const end = (answer: PublicAnswer): void => {
      clearTimeout(timer);
      resolve(answer);
      request.destroy();
    };
    request.on('response', ({ statusCode = 0, headers: told }) => end({ status: statusCode, headers: told }));
    request.on('upgrade', ({ statusCode = 0, headers: told }, socket) => {
      socket.destroy();
      end({ status: statusCode, headers: told });
    });
    request.on('error', (error: NodeJS.ErrnoException) => end({ fault: error.code ?? error.message }));
    if (isHeadOnly) request.flushHeaders();
    else request.end();
  });
}
