import { Agent, request } from 'node:http';

/** How often a value of the one is above one of the other, ties half: 0.5 when nothing tells them apart. */
export function areaUnderCurve(one: readonly number[], other: readonly number[]): number {
  const all = [...one.map((ms) => ({ ms, isOne: true })), ...other.map((ms) => ({ ms, isOne: false }))];
  all.sort((a, b) => a.ms - b.ms);
  let ranks = 0;
  for (let start = 0; start < all.length; ) {
    let end = start;
    while (end < all.length && all[end]?.ms === all[start]?.ms) end += 1;
    const rank = (start + 1 + end) / 2;
    for (let index = start; index < end; index += 1) if (all[index]?.isOne === true) ranks += rank;
    start = end;
  }
  return (ranks - (one.length * (one.length + 1)) / 2) / (one.length * other.length);
}

/** What came back, and how long it took. */
export interface TimedAnswer {
  readonly ms: number;
  /** Status, headers but Date, and body. */
  readonly seen: string;
}

/** Asks for resets over one kept connection, each time as another client of a trusted proxy. */
export interface Asker {
  ask(name: string): Promise<TimedAnswer>;
  close(): void;
}

/** Ways to ask: Jellyfin's form, and our own page. */
export const WAYS = {
  form: { path: '/Users/ForgotPassword', field: 'EnteredUsername' },
  page: { path: '/gatehouse/api/reset-requests', field: 'enteredName' },
} as const;

/** Makes one; `network` is the begin of the addresses its clients have. */
export function createAsker(url: string, way: keyof typeof WAYS, network: string): Asker {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const { path, field } = WAYS[way];
  let client = 0;
  return {
    ask(name) {
      client += 1;
      const body = JSON.stringify({ [field]: name });
      const headers = {
        'Content-Type': 'application/json',
        'Content-Length': Buffer.byteLength(body),
        'X-Forwarded-For': `${network}.${client >> 8}.${client & 255}`,
      };
      return new Promise((resolve, reject) => {
        const began = performance.now();
        request(`${url}${path}`, { method: 'POST', agent, headers }, (answer) => {
          const chunks: Buffer[] = [];
          answer
            .on('data', (chunk: Buffer) => chunks.push(chunk))
            .on('end', () => {
              const ms = performance.now() - began;
              const { date: _, ...shown } = answer.headers;
              resolve({
                ms,
                seen: JSON.stringify([answer.statusCode, shown, Buffer.concat(chunks).toString()]),
              });
            });
        })
          .on('error', reject)
          .end(body);
      });
    },
    close: () => agent.destroy(),
  };
}
