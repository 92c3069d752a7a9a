import { createServer } from 'node:http';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it, onTestFinished } from 'vitest';
import { createRepresentation, type Prepared, prepare } from '../../../injector/http/representation.ts';
import { listen, shut } from '../../support/network/listen.ts';

const FILES = 16;
const SPELLINGS = 30;

function heapInUse(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}

it('thirty ways to spell Accept-Encoding in 15 kB, sent for each file, are not kept', async () => {
  const files = Array.from(
    { length: FILES },
    (_, n): Prepared =>
      prepare(createRepresentation(Buffer.from(`file ${n}`)), ['Content-Type', 'text/plain']),
  );
  const server = createServer({ maxHeaderSize: 32 * 1024 }, (request, response) => {
    files[Number(request.url?.slice(1))]?.respond(request, response);
  });
  const port = await listen(server);
  onTestFinished(() => shut(server));
  const ask = async (file: number, accepted: string): Promise<void> => {
    const answer = await fetch(`http://127.0.0.1:${port}/${file}`, {
      headers: { 'Accept-Encoding': accepted },
    });
    expect(await answer.text()).toBe(`file ${file}`);
  };
  for (let file = 0; file < FILES; file += 1) await ask(file, 'identity');
  const before = heapInUse();
  for (let file = 0; file < FILES; file += 1) {
    for (let n = 0; n < SPELLINGS; n += 1) await ask(file, `identity, ${`x${file}-${n},`.repeat(2_500)}`);
  }
  // Kept, they would be 7 MB or more.
  expect(heapInUse() - before).toBeLessThan(3_000_000);
});
