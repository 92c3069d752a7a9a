import { createServer } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { createListening } from '../../../server/program/listener.ts';

function start() {
  const listening = createListening(createServer(), async () => undefined);
  onTestFinished(() => listening.close(0));
  return listening;
}

test('who wants a port that is taken is told where, why and what to do', async () => {
  const first = start();
  await first.listen('127.0.0.1', 0);
  await expect(start().listen('127.0.0.1', first.port)).rejects.toMatchObject({
    code: 'EADDRINUSE',
    message: `cannot listen on 127.0.0.1:${first.port}: another program does already; stop it, or choose another port`,
  });
});

test('who wants an address of another machine is told so', async () => {
  await expect(start().listen('192.0.2.1', 0)).rejects.toThrow(
    /^cannot listen on 192\.0\.2\.1:0: this machine has no such address; choose another host/,
  );
});
