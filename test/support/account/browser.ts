import type { AccountView } from '../../../server/http/account-contract.ts';

/** One call as a page makes it, and what came back. */
export interface Called {
  readonly status: number;
  readonly code: string | undefined;
  readonly body: Record<string, unknown>;
  readonly setCookies: readonly string[];
  readonly headers: Headers;
}

/** A browser: it keeps its cookie, and says where its page is from. */
export interface Browser {
  cookie: string | undefined;
  /** Sends a call; `headers` in place of its own, undefined leaves one out. */
  call(path: string, body?: unknown, headers?: Record<string, string | undefined>): Promise<Called>;
  /** Signs in as the user of that name. */
  signIn(name: string, password?: string): Promise<Called>;
  view(): Promise<AccountView>;
}

/** Where a browser is. */
export interface BrowserOptions {
  /** @default http */
  readonly way?: 'http' | 'https';
  /** Its address, as a proxy in front says it. @default 203.0.113.7 */
  readonly from?: string;
}

/** Opens one; nobody is signed in. @param api Where the calls of My Account are, without a slash at the end. */
export function openBrowser(
  origin: string,
  api: string,
  { way = 'http', from = '203.0.113.7' }: BrowserOptions = {},
): Browser {
  const opened: Browser = {
    cookie: undefined,
    async call(path, body = {}, headers = {}) {
      const sent: Record<string, string | undefined> = {
        'content-type': 'application/json',
        'x-forwarded-for': from,
        'x-forwarded-proto': way,
        ...(way === 'https' ? { 'sec-fetch-site': 'same-origin' } : {}),
        origin: origin.replace('http', way),
        cookie: opened.cookie,
        ...headers,
      };
      const said = Object.entries(sent).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, value]],
      );
      const answer = await fetch(`${api}/${path}`, {
        method: 'POST',
        headers: Object.fromEntries(said) as Record<string, string>,
        body: JSON.stringify(body),
      });
      const setCookies = answer.headers.getSetCookie();
      const pair = setCookies.at(-1)?.split(';', 1)[0];
      if (pair !== undefined) opened.cookie = pair.endsWith('=') ? undefined : pair;
      const read = (await answer.json()) as Record<string, unknown>;
      const { code } = read;
      return {
        ...{ status: answer.status, body: read, setCookies, headers: answer.headers },
        code: (answer.ok && code !== 'signed-out') || typeof code !== 'string' ? undefined : code,
      };
    },
    signIn: (name, password = `${name}-pw-1`) => opened.call('sign-in', { name, password }),
    view: async () => (await opened.call('view')).body as unknown as AccountView,
  };
  return opened;
}
