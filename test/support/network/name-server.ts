import { createSocket } from 'node:dgram';
import { once } from 'node:events';

/** A name server on loopback that knows a few names, such as Docker's of the containers. */
export interface NameServer {
  /** As nginx's `resolver` takes it. */
  readonly address: string;
  /** Names it has been asked for, in their order. */
  readonly asked: string[];
  /** Knows that name from now on, as 127.0.0.1. */
  learn(name: string): void;
  close(): void;
}

/** Starts one. What it does not know is not there. Source: RFC 1035 section 4.1. */
export async function startNameServer(...names: string[]): Promise<NameServer> {
  const known = new Set(names);
  const asked: string[] = [];
  const socket = createSocket('udp4');
  socket.on('message', (query, { address, port }) => {
    const labels: string[] = [];
    let at = 12;
    for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
      labels.push(query.toString('latin1', at + 1, at + 1 + length));
      at += 1 + length;
    }
    const name = labels.join('.').toLowerCase();
    asked.push(name);
    const isAddress = query.readUInt16BE(at + 1) === 1;
    const hasAnswer = known.has(name) && isAddress;
    const head = Buffer.from(query.subarray(0, 12));
    // A response, recursion available; 3: no such name.
    head.writeUInt16BE(known.has(name) ? 0x8180 : 0x8183, 2);
    head.writeUInt16BE(hasAnswer ? 1 : 0, 6);
    head.fill(0, 8);
    // The name asked for, type A, class IN, for 1 s, four bytes.
    const answer = Buffer.from([0xc0, 0x0c, 0, 1, 0, 1, 0, 0, 0, 1, 0, 4, 127, 0, 0, 1]);
    socket.send(
      Buffer.concat([head, query.subarray(12, at + 5), ...(hasAnswer ? [answer] : [])]),
      port,
      address,
    );
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return {
    address: `127.0.0.1:${socket.address().port}`,
    asked,
    learn: (name) => void known.add(name),
    close: () => void socket.close(),
  };
}
