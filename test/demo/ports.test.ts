import { createServer, type Server } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { PLACES } from './options.ts';
import { choosePorts } from './ports.ts';

const ANY = { login: 0, inbox: 0, jellyfin: 0 };

/** Takes a port, any free one by default, until the running test is over; answers it. Taken already is as good. */
async function take(port = 0, host = '127.0.0.1'): Promise<number> {
  const server: Server = createServer();
  const taken = await new Promise<number>((resolve) => {
    server.once('error', () => resolve(port));
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  onTestFinished(() => void server.close());
  return taken;
}

describe('the ports of the demo', () => {
  it('are free and different ones, instead of usual ones that somebody has', async () => {
    for (const { port } of Object.values(PLACES)) await take(port);
    const { ports, notes } = await choosePorts({ login: undefined, inbox: undefined, jellyfin: undefined });
    const chosen = Object.values(ports);
    expect(new Set(chosen).size).toBe(3);
    for (const { option, port } of Object.values(PLACES)) {
      expect(chosen).not.toContain(port);
      expect(notes.join('\n')).toContain(`Port ${port} is taken, so ${option} is `);
    }
    for (const note of notes) expect(note).toMatch(/^[^\n]+\.$/);
  });

  it('are those that were asked for', async () => {
    const wanted = (await choosePorts(ANY)).ports;
    expect(await choosePorts(wanted)).toEqual({ ports: wanted, notes: [] });
  });

  it.each(['127.0.0.1', '0.0.0.0'])(
    'are refused when one that was asked for is taken on %s, by the option to change',
    async (host) => {
      for (const [place, { option }] of Object.entries(PLACES)) {
        const port = await take(0, host);
        await expect(choosePorts({ ...ANY, [place]: port })).rejects.toThrow(
          `Port ${port} is taken; choose another with ${option} (0 = any free one).`,
        );
      }
    },
  );

  it('are refused when two are asked to be the same', async () => {
    const { ports } = await choosePorts(ANY);
    await expect(choosePorts({ ...ANY, login: ports.login, inbox: ports.login })).rejects.toThrow(
      `--port and --inbox-port cannot both be ${ports.login}; choose two different ports.`,
    );
  });
});
