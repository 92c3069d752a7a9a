/** What must come of a case. */
export type Outcome =
  /** Not one byte of it reaches Jellyfin; the client gets this status, or (0) a closed connection only. */
  | { readonly refused: number | readonly number[] }
  /** The head was in order, the body was not: Jellyfin never gets a whole request, and its connection is cut. */
  | { readonly cut: true /** It may still go on: the client leaves. */; readonly byClient?: boolean }
  /** Jellyfin gets exactly these, each as `METHOD target body`, and nothing else. */
  | {
      readonly forwarded: readonly string[];
      /** Values of headers as they arrive, by lower-case name; undefined means absent. Of the first request. */
      readonly headers?: Readonly<Record<string, string | undefined>>;
      /** Status of a last answer of our own behind those of Jellyfin. */
      readonly afterwards?: number;
    };

/** One thing to send over a raw socket. */
export interface Case {
  readonly what: string;
  /** Latin-1; several parts are sent 30 ms apart. */
  readonly send: string | readonly string[];
  readonly is: Outcome;
}

/** The Host line of every ordinary case. */
export const HOST = 'Host: media.example.org\r\n';
/** What must never arrive. */
export const SMUGGLED = `GET /smuggled HTTP/1.1\r\n${HOST}\r\n`;

/** Shorthand of an outcome. */
export const refused = (...statuses: number[]): Outcome => ({ refused: statuses });
/** Shorthand of an outcome. */
export const CUT: Outcome = { cut: true };
/** Shorthand of an outcome. */
export const forwarded = (...requests: string[]): Outcome => ({ forwarded: requests });
