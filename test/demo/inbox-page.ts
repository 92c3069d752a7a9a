import { readFileSync } from 'node:fs';
import http, { type Server, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { type Html, html, join as joinHtml } from '../../server/messages/layout.ts';
import type { InboxMessage, SmtpInbox } from '../support/mail/smtp-inbox.ts';
import type { Guide } from './guide.ts';
import { findModsPage } from './mods-page.ts';

/** Nothing but the page's own files; messages stand in frames. */
const PAGE_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'; img-src 'self'; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** What a mail program allows: its own styles, no script, nothing from elsewhere. */
const MAIL_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'";

/**
 * Links open in a tab of their own, as in every mail program: a page of ours refuses to stand in a frame. That tab is out of
 * the sandbox; the message itself runs no script, so that the page around it may measure it.
 */
const SANDBOX = 'allow-popups allow-popups-to-escape-sandbox allow-same-origin';

const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path fill="#aa5cc3" d="M3 5h18a1 1 0 0 1 1 1v.6l-10 6.2L2 6.6V6a1 1 0 0 1 1-1Zm19 3.95V18a1 1 0 0 1-1 1H3a1 1 0 0 1-1-1V8.95l10 6.2 10-6.2Z"/></svg>`;

const FILES: Readonly<Record<string, { readonly type: string; readonly body: string }>> = {
  '/inbox.css': { type: 'text/css', body: readAsset('inbox.css') },
  '/inbox.js': { type: 'text/javascript', body: readAsset('inbox.js') },
  '/favicon.ico': { type: 'image/svg+xml', body: ICON },
};

/**
 * Serves the demo's start page: what to try, and what an inbox received, newest first, which grows without a reload.
 * `GET /messages` is the same as JSON, `[{ "from", "to", "subject", "text", "html", "arrivedAt" }]`, oldest first; a message
 * has its HTML at `/messages/N` and its text at `/messages/N/text`, N from 0. An open page hears of new ones by one request that stays
 * open, `/arrivals`, so that the tools of a browser show nothing that was asked in vain. `/mods` lists the mods.
 *
 * @param modsOn Names of the mods that are on; looked at when the list is asked for.
 * @param hasOtherPassword Whether somebody's password is not that of the guide any more.
 */
export function createInboxPage(
  inbox: Pick<SmtpInbox, 'messages'>,
  guide: Guide,
  modsOn: ReadonlySet<string>,
  hasOtherPassword: (name: string) => boolean = () => false,
): Server {
  return http.createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://inbox');
    const file = Object.hasOwn(FILES, pathname) ? FILES[pathname] : undefined;
    const [, number, form] = /^\/messages\/(\d{1,6})(\/text)?$/.exec(pathname) ?? [];
    const message = number === undefined ? undefined : inbox.messages[Number(number)];
    const ofMods = findModsPage(pathname, modsOn);
    if (file !== undefined) send(response, file.type, file.body);
    else if (pathname === '/')
      send(response, 'text/html', page(inbox.messages, guide, hasOtherPassword), PAGE_POLICY);
    else if (pathname === '/people')
      send(response, 'text/html', peopleRows(guide, hasOtherPassword).markup, PAGE_POLICY);
    else if (ofMods !== undefined) send(response, ofMods.type, ofMods.body, PAGE_POLICY);
    else if (pathname === '/arrivals') tellArrivals(inbox, response);
    else if (pathname === '/messages') send(response, 'application/json', JSON.stringify(inbox.messages));
    else if (pathname === '/letters') {
      // How many there are is told too: after a new start of the demo there are fewer than the page shows.
      response.setHeader('Inbox-Count', inbox.messages.length);
      const known = Number(searchParams.get('after') ?? 0);
      send(response, 'text/html', letters(inbox.messages, known).markup, PAGE_POLICY);
    } else if (message !== undefined && form === undefined)
      send(response, 'text/html', inNewTabs(message.html), MAIL_POLICY);
    else if (message !== undefined) send(response, 'text/html', textPage(message), MAIL_POLICY);
    else {
      response.statusCode = 404;
      send(response, 'text/plain', 'Nothing here.\n');
    }
  });
}

/** How often the inbox is looked at for an open page, in milliseconds. */
const LOOK_MS = 200;

/** Tells an open page how many messages there are, at once and whenever that changes. Source: HTML, server-sent events. */
function tellArrivals(inbox: Pick<SmtpInbox, 'messages'>, response: ServerResponse): void {
  response.writeHead(200, {
    'Content-Type': 'text/event-stream',
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  });
  response.write('retry: 1000\n\n');
  let told: number | undefined;
  const tell = (): void => {
    const { length } = inbox.messages;
    if (length === told) return;
    told = length;
    response.write(`data: ${length}\n\n`);
  };
  tell();
  const timer = setInterval(tell, LOOK_MS);
  response.once('close', () => clearInterval(timer));
}

function readAsset(name: string): string {
  return readFileSync(join(import.meta.dirname, 'inbox', name), 'utf8');
}

function send(
  response: ServerResponse,
  type: string,
  body: string | Buffer,
  policy = "default-src 'none'",
): void {
  response
    .writeHead(response.statusCode, {
      'Content-Type': `${type}; charset=utf-8`,
      'Cache-Control': 'no-store',
      'Content-Security-Policy': policy,
      'X-Content-Type-Options': 'nosniff',
    })
    .end(body);
}

/** The message as it came, but for where its links open: a mail program decides that, not the mail. */
function inNewTabs(mail: string): string {
  return mail.replace(/<head>/i, (head) => `${head}<base target="_blank">`);
}

/** The text of a message, with its addresses as links, as mail programs show it. */
function textPage({ subject, text }: InboxMessage): string {
  const pieces = text
    .split(/(https?:\/\/\S+)/)
    .map((piece, index) => (index % 2 === 1 ? html`<a href="${piece}">${piece}</a>` : html`${piece}`));
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<base target="_blank">
<title>${subject}</title>
<style>body{margin:0;padding:24px 16px}pre{font:15px/1.5 ui-monospace,Menlo,Consolas,monospace;margin:0;overflow-wrap:anywhere;white-space:pre-wrap}a{color:inherit}</style>
</head>
<body><pre>${joinHtml(pieces)}</pre></body>
</html>
`.markup;
}

function page(
  messages: readonly InboxMessage[],
  guide: Guide,
  hasOtherPassword: (name: string) => boolean,
): string {
  const { addresses, parts } = guide;
  const others = addresses.filter(({ place }) => place !== 'inbox');
  const name = { login: 'Login page', jellyfin: 'Bare login page', inbox: 'Inbox' } as const;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="dark light">
<title>Demo inbox</title>
<link rel="icon" href="favicon.ico">
<link rel="stylesheet" href="inbox.css">
<script src="inbox.js" defer></script>
</head>
<body>
<header>
<h1>Gatehouse demo</h1>
<nav aria-label="Pages of the demo">${joinHtml(
    others.map(
      ({ place, url, about }) => html`
<a class="${place}" href="${url}" target="_blank"><strong>${name[place]}</strong><span>${about}</span></a>`,
    ),
  )}
<a class="mods" href="mods"><strong>Mods</strong><span>what each does, and how to start with it</span></a>
</nav>
</header>
<main>
<section class="guide" aria-labelledby="try">
<h2 id="try">What to try</h2>
${joinHtml(
  parts.map(
    ({ title, steps }) => html`<h3>${title}</h3>
<ul>${joinHtml(steps.map((step) => html`<li>${linked(step)}</li>`))}</ul>
`,
  ),
)}<h3>People</h3>
<table>
<thead><tr><th scope="col">Name</th><th scope="col">Password</th><th scope="col">Address</th></tr></thead>
<tbody id="people">${peopleRows(guide, hasOtherPassword)}
</tbody>
</table>
</section>
<section aria-labelledby="inbox">
<h2 id="inbox">Inbox</h2>
<p id="state" role="status">${messages.length === 0 ? 'No message yet. It shows here by itself.' : ''}</p>
<div id="letters" data-count="${String(messages.length)}">${letters(messages, 0)}</div>
</section>
</main>
<a id="arrived" href="#inbox" hidden>A new message: go to the inbox</a>
</body>
</html>
`.markup;
}

function peopleRows({ people }: Guide, hasOtherPassword: (name: string) => boolean): Html {
  return joinHtml(
    people.map(({ name, password, address }) => {
      const now = hasOtherPassword(name) ? html`<em>changed</em>` : html`${password}`;
      return html`
<tr><td>${name}</td><td>${now}</td><td>${breakable(address)}</td></tr>`;
    }),
  );
}

/** A step of the guide, with its addresses as links and its commands as code. */
function linked(step: string): Html {
  const pieces = step.split(/(https?:\/\/\S+|npm run demo -- --[a-z]+)/);
  return joinHtml(
    pieces.map((piece, index) => {
      if (index % 2 === 0) return html`${piece}`;
      return piece.startsWith('http') ? html`<a href="${piece}">${piece}</a>` : html`<code>${piece}</code>`;
    }),
  );
}

/** An address that breaks behind its @ where it must break, not in a word. */
function breakable(address: string): Html {
  const [name = '', domain] = address.split('@');
  return domain === undefined ? html`${name}` : html`${name}@<wbr>${domain}`;
}

/** Those after the first `known`, newest first. */
function letters(messages: readonly InboxMessage[], known: number): Html {
  const all = messages.map((message, index) => letter(message, index));
  return joinHtml(all.slice(Number.isInteger(known) ? known : 0).reverse());
}

function letter({ subject, from, to, arrivedAt }: InboxMessage, index: number): Html {
  const address = `messages/${index}`;
  return html`
<article aria-labelledby="subject-${String(index)}">
<h3 id="subject-${String(index)}">${subject}</h3>
<p>from ${from} to ${to}, arrived <time datetime="${arrivedAt.toISOString()}">${arrivedAt.toLocaleTimeString('en-GB')}</time></p>
<div class="views" role="group" aria-label="View">
<button type="button" aria-pressed="true" data-view="${address}">HTML</button>
<button type="button" aria-pressed="false" data-view="${address}/text">Text</button>
</div>
<iframe sandbox="${SANDBOX}" src="${address}" title="${subject}"></iframe>
</article>`;
}
