import { isUtf8 } from 'node:buffer';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { endLateBody } from '../../injector/admission/idle-bodies.ts';
import { LIMITS } from '../../injector/admission/limits.ts';
import { OWN_HEADERS } from '../../injector/http/own-headers.ts';
import { readBody } from '../../injector/http/read-body.ts';
import { isOwnPage } from '../http/json-call.ts';
import type { SetupAsker } from './setup-asker.ts';
import type { Places } from './setup-views.ts';

/** Name of the cookie by which the browser that was let in is known. */
export const SETUP_COOKIE = 'gatehouse-setup';

/** Largest form, in bytes: one answer and what names its question. */
export const FORM_BYTES = 8 * 1024;

/** How long the page behind an answer may take, in milliseconds, before it says that something is under way: most take less. */
const SETTLE_MS = 800;

/** A form that came, to a place where somebody may be asked. */
export interface SentForm {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** The client's address, for the log. */
  readonly client: string;
  /** Whether it came from the browser that is let in now: another may take over while a body is on its way. */
  readonly isIn: () => boolean;
  readonly places: Places;
  /** The path before `/gatehouse`, as it reached us. */
  readonly base: string;
  /** Shows the page that asks for the code. */
  readonly showDoor: (status: number, fault: string, more?: Readonly<Record<string, string>>) => void;
}

/**
 * Makes what takes the forms of the setup page: the code, an answer, or the wish to start again. Afterwards the browser is led to the
 * page, so that loading it anew sends nothing twice. Only forms of our own page count; an answer to another question than the one
 * that waits, as after a second click or Back, changes nothing. Never rejects.
 */
export function createSetupForms(asker: () => SetupAsker | undefined): (form: SentForm) => Promise<void> {
  async function take(form: SentForm, asking: SetupAsker): Promise<void> {
    const { request, response, places, showDoor, client } = form;
    if (!isOwnPage(request, false)) return refuse(response, 403, 'Only the setup page itself may send this.');
    if (!/^application\/x-www-form-urlencoded\s*(?:;|$)/i.test(request.headers['content-type'] ?? ''))
      return refuse(response, 415, 'This takes the form of the setup page only.');
    endLateBody(request, LIMITS.ownBodyMs);
    const body = await readBody(request, FORM_BYTES);
    if (body === undefined) return refuse(response, 413, `At most ${FORM_BYTES / 1024} kB are taken.`);
    if (!isUtf8(body)) return refuse(response, 400, 'This is not UTF-8.');
    const fields = new URLSearchParams(body.toString('utf8'));
    const code = fields.get('code');
    if (code !== null) {
      // No guess.
      if (code.trim() === '') return showDoor(400, 'Nothing is typed here yet.');
      const tried = asking.door.enter(code, client);
      if (tried.kind === 'wait') {
        const more = { 'Retry-After': String(tried.seconds) };
        return showDoor(429, 'Too many wrong codes. The log shows a new one; try it in a minute.', more);
      }
      if (tried.kind === 'wrong') return showDoor(403, 'This is not the newest code of the log.');
      // What the page's own browser says of where it is.
      const { origin } = request.headers;
      asking.begin(origin === undefined ? undefined : `${origin}${form.base}`);
      await asking.conversation?.settle(SETTLE_MS);
      return leadTo(response, places.setup, cookieOf(request, tried.cookie));
    }
    if (!form.isIn()) return showDoor(403, 'Another browser has taken over, or Gatehouse was restarted.');
    // Not waited for: a Jellyfin that restarts takes minutes, and the page says that something is under way.
    if (fields.get('again') !== null) void asking.beginAgain();
    else
      asking.conversation?.answer({
        id: fields.get('question') ?? '',
        typed: fields.get('answer') ?? '',
        choice: fields.get('choice') ?? undefined,
      });
    await asking.conversation?.settle(SETTLE_MS);
    leadTo(response, places.setup);
  }

  return async (form) => {
    const { response } = form;
    const asking = asker();
    if (asking === undefined) return refuse(response, 404, 'Nobody is asked here any more.');
    // Whoever breaks off hears nothing any more.
    await take(form, asking).catch(() => response.destroy());
  };
}

/**
 * Ends with the browser, is sent with no request of another site, and read by no script. It has no path, which means the folder of the
 * page as the browser sees it: what a proxy in front puts before it is not known here.
 */
function cookieOf({ headers }: IncomingMessage, value: string): Readonly<Record<string, string>> {
  const isSecure = /^https:/i.test(headers.origin ?? '');
  return {
    'Set-Cookie': `${SETUP_COOKIE}=${value}; HttpOnly; SameSite=Strict${isSecure ? '; Secure' : ''}`,
  };
}

function leadTo(response: ServerResponse, place: string, more: Readonly<Record<string, string>> = {}): void {
  response.writeHead(303, { ...OWN_HEADERS, Location: place, 'Content-Length': 0, ...more }).end();
}

function refuse(response: ServerResponse, status: number, says: string): void {
  const body = `${says}\n`;
  response.writeHead(status, {
    ...OWN_HEADERS,
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
    Connection: 'close',
  });
  response.end(body);
}
