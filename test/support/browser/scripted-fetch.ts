/** A call of a page, as the network saw it. */
export interface SeenCall {
  readonly address: string;
  readonly body: unknown;
}

/** A network for pages that run without a server. */
export interface ScriptedFetch {
  readonly fetch: typeof globalThis.fetch;
  readonly seen: readonly SeenCall[];
  /** What an address answers from now on: status and body; `wait` holds the answer back until it resolves. */
  answer(address: string, status: number, body: unknown, wait?: Promise<void>): void;
}

/** Makes a network in which each address gives the answer set last; all others give 404. */
export function createScriptedFetch(): ScriptedFetch {
  const seen: SeenCall[] = [];
  const answers = new Map<string, { status: number; body: unknown; wait?: Promise<void> | undefined }>();
  return {
    seen,
    answer: (address, status, body, wait) => void answers.set(address, { status, body, wait }),
    fetch: async (input, init) => {
      const address = String(input);
      seen.push({ address, body: typeof init?.body === 'string' ? JSON.parse(init.body) : undefined });
      const { status, body, wait } = answers.get(address) ?? { status: 404, body: {} };
      await wait;
      return typeof body === 'string'
        ? new Response(body, { status, headers: { 'Content-Type': 'text/plain' } })
        : Response.json(body, { status });
    },
  };
}
