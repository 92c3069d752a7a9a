/** What we use of `window.ApiClient`. Source: jellyfin-apiclient 1.10.0 and 1.11.0, in jellyfin-web 10.8 to 12.0. */
interface ApiClient {
  readonly getCurrentUserId?: () => unknown;
  readonly serverInfo?: () => { readonly Name?: unknown } | undefined;
  readonly getUrl?: (name: string, query?: Query) => string;
  readonly getJSON?: (url: string) => Promise<unknown>;
}

/** What stands behind the `?` of a question to Jellyfin. */
export type Query = { readonly [name: string]: string | number | boolean };

/** The part of `window` the session is read from. */
export interface SessionWindow {
  readonly ApiClient?: ApiClient;
}

/** Says who is signed in, and where, and asks Jellyfin as that person. */
export interface Session {
  /** Id of the person; undefined while nobody is signed in. Never throws. */
  personId(): string | undefined;
  /** Name of the server. Never throws. */
  serverName(): string | undefined;
  /** As `ClientContext.ask`. */
  ask(path: string, query?: Query): Promise<unknown>;
}

/** Reads the client's own session anew at every call, since 10.8 to 10.10 replace the object after a reload. */
export function createSession(window: SessionWindow): Session {
  // What is not there throws, and is then not known.
  const client = () => window.ApiClient as Required<ApiClient>;
  const personId = () => read(() => client().getCurrentUserId());
  return {
    personId,
    serverName: () => read(() => (client().serverInfo() as { readonly Name?: unknown }).Name),
    ask(path, query) {
      const { ApiClient: client } = window;
      if (personId() === undefined || client?.getUrl === undefined || client.getJSON === undefined)
        return Promise.reject(new Error('nobody is signed in'));
      return Promise.resolve(client.getJSON(client.getUrl(path, query)));
    },
  };
}

function read(ask: () => unknown): string | undefined {
  try {
    const value = ask();
    return typeof value === 'string' && value !== '' ? value : undefined;
  } catch {
    return undefined;
  }
}
