import http, { type Server } from 'node:http';
import type { InboxMessage, SmtpInbox } from '../support/mail/smtp-inbox.ts';

/**
 * Serves what an inbox received: a page to read it on, and `GET /messages` as JSON
 * `[{ "from", "to", "subject", "text", "html" }]`, oldest first. A mail's HTML is shown in a frame without scripts.
 */
export function createInboxPage(inbox: Pick<SmtpInbox, 'messages'>): Server {
  return http.createServer((request, response) => {
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
    const number = /^\/messages\/(\d{1,6})$/.exec(path)?.[1];
    const message = number === undefined ? undefined : inbox.messages[Number(number)];
    if (path === '/messages') {
      const fields = inbox.messages.map(({ from, to, subject, text, html }) => ({
        from,
        to,
        subject,
        text,
        html,
      }));
      send(response, 200, 'application/json', JSON.stringify(fields));
    } else if (message !== undefined) send(response, 200, 'text/html', message.html);
    else if (path === '/') send(response, 200, 'text/html', page(inbox.messages));
    else send(response, 404, 'text/plain', 'Nothing here.');
  });
}

function send(response: http.ServerResponse, status: number, type: string, body: string): void {
  response
    .writeHead(status, { 'Content-Type': `${type}; charset=utf-8`, 'Cache-Control': 'no-store' })
    .end(body);
}

function page(messages: readonly InboxMessage[]): string {
  const letters = messages.map((message, index) => letter(message, index)).reverse();
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="refresh" content="${messages.length === 0 ? 2 : 10}">
<meta name="viewport" content="width=device-width">
<title>Inbox (${messages.length})</title>
<style>
  body { background: #f4f4f5; color: #18181b; font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 44rem; padding: 0 1rem }
  article { background: #fff; border: 1px solid #e4e4e7; border-radius: 8px; margin: 1rem 0; padding: 1rem }
  h2 { font-size: 1.1rem; margin: 0 }
  small { color: #52525b }
  iframe { border: 0; height: 30rem; width: 100% }
</style>
<h1>Demo inbox</h1>
${letters.join('\n') || '<p>No mail yet. Ask for a new password on the login page; this page looks again by itself.</p>'}
</html>
`;
}

/** Links may open, scripts may not run. */
function letter(message: InboxMessage, index: number): string {
  return `<article>
  <h2>${escaped(message.subject)}</h2>
  <small>from ${escaped(message.from)} to ${escaped(message.to)}</small>
  <iframe sandbox="allow-popups allow-top-navigation-by-user-activation" src="messages/${index}" title="${escaped(message.subject)}"></iframe>
</article>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
