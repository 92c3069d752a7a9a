import { randomBytes } from 'node:crypto';
import { askPublic } from './ask-public.ts';
import { type Finding, failed, fine, skipped } from './finding.ts';

const NAME = 'websocket';

/** How long an answer may take, in milliseconds. */
const ANSWER_MS = 5_000;

/**
 * Tries through `public.url` whether WebSockets reach Jellyfin. Nobody signs in: Jellyfin refuses one without a token with 403
 * (an authorization of its own: 401), and has no page of that name for who asks without wanting a WebSocket. Never rejects.
 *
 * Source: WebSocketHandlerMiddleware, 10.8 to 12.0; seen live on all five.
 */
export async function checkWebSocket(publicUrl: string): Promise<Finding> {
  const answer = await askPublic(`${publicUrl}/socket`, {
    method: 'GET',
    headers: {
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': randomBytes(16).toString('base64'),
    },
    timeoutMs: ANSWER_MS,
  });
  if (answer === 'silence' || 'fault' in answer) {
    const why = answer === 'silence' ? `no answer within ${ANSWER_MS / 1000} s` : answer.fault;
    return failed(NAME, `A WebSocket at ${publicUrl} gets no answer (${why}): ${HARM}.`, FIX);
  }
  const { status } = answer;
  if (status === 101 || status === 401 || status === 403)
    return fine(NAME, `WebSockets pass ${publicUrl} and reach Jellyfin.`);
  // Nobody behind the proxy: another finding says so.
  if (status >= 502 && status <= 504)
    return skipped(NAME, `Jellyfin must answer at ${publicUrl} first (status ${status}).`);
  return failed(
    NAME,
    `What stands in front makes plain requests of WebSockets at ${publicUrl} (status ${status}): ${HARM}.`,
    FIX,
  );
}

const HARM =
  'for everybody, “play on”, SyncPlay, remote control and the dashboard do not follow what happens until the page is loaded anew';

const FIX =
  'Let the proxy pass WebSockets on: nginx: proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade" (gatehouse nginx writes it); Nginx Proxy Manager: Websockets Support; Apache: mod_proxy_wstunnel.';
