import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Language, pickLanguage } from '../kit/translations.ts';

/** Seconds after which the page asks again by itself. */
const RETRY_SECONDS = 3;

const WORDS: Readonly<Record<Language, { title: string; text: string }>> = {
  en: {
    title: 'Jellyfin is not reachable',
    text: 'The server is starting or being updated. This page tries again by itself.',
  },
  de: {
    title: 'Jellyfin ist nicht erreichbar',
    text: 'Der Server startet oder wird aktualisiert. Diese Seite versucht es von selbst erneut.',
  },
  fr: {
    title: 'Jellyfin est injoignable',
    text: 'Le serveur démarre ou est en cours de mise à jour. Cette page réessaie toute seule.',
  },
  es: {
    title: 'No se puede acceder a Jellyfin',
    text: 'El servidor se está iniciando o actualizando. Esta página lo vuelve a intentar sola.',
  },
};

/**
 * Answers 502 when Jellyfin could not be reached: a page that reloads itself for people, one line for programs.
 * Ends the connection as broken when the answer has already begun, so that nobody takes a part for the whole.
 */
export function answerUnavailable(request: IncomingMessage, response: ServerResponse): void {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  const isPage = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html');
  const body = isPage
    ? page(pickLanguage(request.headers['accept-language']))
    : 'Jellyfin is not reachable.\n';
  response.writeHead(502, {
    'Content-Type': `${isPage ? 'text/html' : 'text/plain'}; charset=utf-8`,
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-store',
    'Retry-After': String(RETRY_SECONDS),
    ...(isPage ? { 'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'" } : {}),
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

function page(language: Language): string {
  const { title, text } = WORDS[language];
  return `<!doctype html>
<html lang="${language}">
<meta charset="utf-8">
<meta http-equiv="refresh" content="${RETRY_SECONDS}">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<style>body{background:#101010;color:#ddd;font:1.1em/1.5 system-ui,sans-serif;text-align:center;margin:20vh 1em}</style>
<h1>${title}</h1>
<p>${text}</p>
</html>
`;
}
