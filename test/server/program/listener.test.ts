import { createServer } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { createListening, type ListenSection } from '../../../server/program/listener.ts';

function start(section?: ListenSection) {
  const listening = createListening(
    createServer(),
    { endWork: async () => undefined, endRest: async () => undefined },
    section,
  );
  onTestFinished(() => listening.close(0));
  return listening;
}

test.each([
  { section: 'listen', variable: 'GATEHOUSE_LISTEN__PORT' },
  { section: 'service.listen', variable: 'GATEHOUSE_SERVICE__LISTEN__PORT' },
] as const)(
  'who wants a port that is taken is told which, and to set $section.port',
  async ({ section, variable }) => {
    const first = start();
    await first.listen('127.0.0.1', 0);
    const { port } = first;
    await expect(start(section).listen('127.0.0.1', port)).rejects.toMatchObject({
      code: 'EADDRINUSE',
      message: `cannot listen on 127.0.0.1:${port}: another program has port ${port} already; stop that one, or set another port in ${section}.port (or ${variable})`,
    });
  },
);

test('who wants an address of another machine is told so', async () => {
  await expect(start().listen('192.0.2.1', 0)).rejects.toThrow(
    /^cannot listen on 192\.0\.2\.1:0: this machine has no such address; set one it has in listen\.host \(or GATEHOUSE_LISTEN__HOST\)/,
  );
});
