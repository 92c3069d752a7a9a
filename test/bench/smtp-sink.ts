import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

/** A mail server that takes everything and keeps nothing, so that it is not what is measured. */
export interface SmtpSink {
  readonly port: number;
  /** Messages taken so far. */
  count(): number;
  /** When the first and the last were taken, in milliseconds of `performance.now()`. */
  readonly times: { first: number; last: number };
  close(): Promise<void>;
}

/** Starts one on a free loopback port. Source: RFC 5321, the few commands a client of ours sends. */
export async function startSmtpSink(): Promise<SmtpSink> {
  let taken = 0;
  const times = { first: 0, last: 0 };
  const open = new Set<Socket>();
  function took(): void {
    taken += 1;
    times.last = performance.now();
    if (taken === 1) times.first = times.last;
  }
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket)).on('error', () => socket.destroy());
    socket.setNoDelay(true).write('220 sink ESMTP\r\n');
    let text = '';
    let isData = false;
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      for (;;) {
        const end = text.indexOf(isData ? '\r\n.\r\n' : '\r\n');
        if (end < 0) return;
        const line = text.slice(0, end);
        text = text.slice(end + (isData ? 5 : 2));
        if (isData) {
          isData = false;
          took();
          socket.write('250 kept nowhere\r\n');
        } else if (/^DATA/i.test(line)) {
          isData = true;
          socket.write('354 go on\r\n');
        } else if (/^QUIT/i.test(line)) socket.end('221 bye\r\n');
        else socket.write(/^EHLO/i.test(line) ? '250-sink\r\n250 8BITMIME\r\n' : '250 ok\r\n');
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    port,
    count: () => taken,
    times,
    async close() {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
