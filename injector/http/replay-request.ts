import { IncomingMessage } from 'node:http';

/**
 * The same request with its body still to be read, for one that was read to look at it: same head, same bytes.
 *
 * @param request Must be read to its end.
 */
export function replayRequest(request: IncomingMessage, body: Buffer): IncomingMessage {
  const again = new IncomingMessage(request.socket);
  again.method = request.method ?? 'GET';
  again.url = request.url ?? '/';
  again.httpVersion = request.httpVersion;
  again.httpVersionMajor = request.httpVersionMajor;
  again.httpVersionMinor = request.httpVersionMinor;
  again.headers = request.headers;
  again.rawHeaders = request.rawHeaders;
  again.complete = true;
  if (body.length > 0) again.push(body);
  again.push(null);
  return again;
}
