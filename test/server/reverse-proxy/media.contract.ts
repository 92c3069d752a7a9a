import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import type { FrontName } from '../../../server/reverse-proxy/fronts.ts';
import { tempFolder } from '../../support/files/temp-folder.ts';
import {
  BEGINNING,
  digestOf,
  ENDLESS,
  FILM,
  REST_BYTES,
  startMediaServer,
} from '../../support/jellyfin/media-server.ts';
import { freePort } from '../../support/network/free-port.ts';
import { generateFront } from '../../support/network/generated-front.ts';
import type { StartProxy } from '../../support/network/running-proxy.ts';
import { startProgram } from '../../support/program/program.ts';

const UPLOAD_BYTES = 12 * 1024 * 1024;

/**
 * What every proxy in front does with films and uploads, and while Gatehouse is gone.
 *
 * @param seesLeaving Whether it notices that a client has left while nothing comes to send.
 */
export function testMedia(name: FrontName, start: StartProxy, seesLeaving: boolean): void {
  it(`through the ${name} of \`gatehouse reverse-proxy\` films come as they are sent, and end when nobody reads them; uploads arrive whole; while Gatehouse is gone it says so`, {
    timeout: 90_000,
  }, async () => {
    const { media, config, gatehouse, url } = await startAll(name, start);

    const film = await fetch(`${url}${FILM}`);
    const reader = (film.body as ReadableStream<Uint8Array>).getReader();
    let bytes = 0;
    while (bytes < BEGINNING.length) bytes += (await reader.read()).value?.length ?? Number.NaN;
    expect(bytes).toBe(BEGINNING.length);
    if (seesLeaving) {
      const leave = await readAndLeave(`${url}${FILM}`);
      expect(media.reading()).toBe(2);
      leave();
      await vi.waitFor(() => expect(media.reading()).toBe(1));
    }
    media.goOn();
    for (let read = await reader.read(); !read.done; read = await reader.read()) bytes += read.value.length;
    expect(bytes).toBe(BEGINNING.length + REST_BYTES);

    const leave = await readAndLeave(`${url}${ENDLESS}`);
    expect(media.reading()).toBe(1);
    leave();
    await vi.waitFor(() => expect(media.reading()).toBe(0));

    const upload = Buffer.alloc(UPLOAD_BYTES, 'some bytes of a picture');
    const taken = await fetch(`${url}/Items/1/Images/Primary`, { method: 'POST', body: upload });
    expect(await taken.text()).toBe(digestOf(upload));

    await gatehouse.end('SIGKILL');
    expect([502, 503]).toContain((await fetch(`${url}/web/index.html`)).status);
    await startProgram(['--config', config]);
    // Nobody has to wait for it, or start the proxy again.
    expect((await fetch(`${url}/System/Info/Public`)).status).toBe(200);
  });
}

/** A server of films with Gatehouse as a process of its own, and the proxy in front. */
async function startAll(name: FrontName, start: StartProxy) {
  const media = await startMediaServer();
  const port = await freePort();
  const config = join(await tempFolder(), 'config.yaml');
  await writeFile(
    config,
    `listen: { host: 127.0.0.1, port: ${port}, trustedProxies: [127.0.0.1] }
jellyfin: { url: 'http://127.0.0.1:${media.port}' }
`,
  );
  const gatehouse = await startProgram(['--config', config]);
  const proxy = await start(await generateFront(name, config));
  onTestFinished(() => proxy.close());
  return { media, config, gatehouse, url: `http://127.0.0.1:${proxy.port}` };
}

/** Reads the first bytes; answers what breaks the connection off. */
async function readAndLeave(url: string): Promise<() => void> {
  const leaving = new AbortController();
  const answer = await fetch(url, { signal: leaving.signal });
  await answer.body?.getReader().read();
  return () => leaving.abort();
}
