import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * Answers a request whose body was not read, or does not hold what it must, as Jellyfin answers it, so that every client
 * understands it. The connection ends with a body that was too long, because the rest of it is still on its way.
 *
 * @param status 400: not JSON, or without the field; 413: longer than we read; 415: not a type or charset we read.
 * @param field The one that is missing, for 400. Without it the body is the text of Jellyfin's own exceptions.
 * Source: recordings of 10.9.11 to 12.0, ASP.NET's problem details, status 400 and 415. Jellyfin has no 413.
 */
export function refuseBody(
  request: IncomingMessage,
  response: ServerResponse,
  status: 400 | 413 | 415,
  field?: string,
): void {
  const problem = status === 415 ? UNSUPPORTED : field === undefined ? undefined : missing(field);
  const body = problem === undefined ? 'Error processing request.' : JSON.stringify(problem);
  const headers = [
    ...['Content-Type', problem === undefined ? 'text/plain' : 'application/json; charset=utf-8'],
    ...['Content-Length', String(Buffer.byteLength(body)), 'Cache-Control', 'no-store'],
  ];
  // Jellyfin lets any origin call these routes, and web clients served elsewhere do. Source: CorsHosts default "*".
  if (request.headers.origin !== undefined) headers.push('Access-Control-Allow-Origin', '*');
  if (status === 413) headers.push('Connection', 'close');
  response.writeHead(status, headers).end(body);
}

const UNSUPPORTED = {
  type: 'https://tools.ietf.org/html/rfc9110#section-15.5.16',
  title: 'Unsupported Media Type',
  status: 415,
};

function missing(field: string): object {
  return {
    type: 'https://tools.ietf.org/html/rfc9110#section-15.5.1',
    title: 'One or more validation errors occurred.',
    status: 400,
    errors: { [field]: [`The ${field} field is required.`] },
  };
}
