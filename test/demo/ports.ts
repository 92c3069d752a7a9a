import { createServer } from 'node:net';
import { freePort, isListening } from '../support/network/free-port.ts';
import { type DemoOptions, PLACES, type Place } from './options.ts';

/** Where the demo's servers will listen. */
export interface ChosenPorts {
  readonly ports: { readonly [place in Place]: number };
  /** A sentence for each usual port that somebody else has. */
  readonly notes: readonly string[];
}

/**
 * Chooses a port for each server: the one that was asked for, else the usual one where it is free, else any free one.
 *
 * @throws {Error} with one sentence that names the option, when a port that was asked for cannot be had.
 */
export async function choosePorts(wanted: DemoOptions['ports']): Promise<ChosenPorts> {
  const ports: Record<Place, number> = { login: 0, inbox: 0, jellyfin: 0 };
  const notes: string[] = [];
  const names = Object.keys(PLACES) as Place[];
  const asked = names.filter((place) => (wanted[place] ?? 0) !== 0);
  // Those first: a usual port must not take what somebody asked for.
  for (const place of [...asked, ...names.filter((name) => !asked.includes(name))]) {
    const { option, port: usual } = PLACES[place];
    const want = wanted[place] ?? usual;
    const twin = names.find((other) => want !== 0 && ports[other] === want);
    const fault = twin === undefined ? await findFault(want) : 'taken';
    if (fault === undefined) ports[place] = want === 0 ? await unusedPort(ports) : want;
    else if (wanted[place] === undefined) {
      ports[place] = await unusedPort(ports);
      notes.push(`Port ${want} is taken, so ${option} is ${ports[place]} this time.`);
    } else if (twin !== undefined)
      throw new Error(
        `${PLACES[twin].option} and ${option} cannot both be ${want}; choose two different ports.`,
      );
    else if (fault === 'taken')
      throw new Error(`Port ${want} is taken; choose another with ${option} (0 = any free one).`);
    else
      throw new Error(
        `Port ${want} may not be used (${fault}); choose another with ${option} (0 = any free one).`,
      );
  }
  return { ports, notes };
}

async function unusedPort(ports: Readonly<Record<Place, number>>): Promise<number> {
  const port = await freePort();
  return Object.values(ports).includes(port) ? unusedPort(ports) : port;
}

/** `taken`, the system's name for another fault, or undefined when a server can listen on it. */
async function findFault(port: number): Promise<string | undefined> {
  // Where addresses may be shared, as on macOS, one can listen on a port that another program already answers on.
  if (port !== 0 && (await isListening(port))) return 'taken';
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', ({ code = 'unknown' }: NodeJS.ErrnoException) =>
      resolve(code === 'EADDRINUSE' ? 'taken' : code),
    );
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(undefined)));
  });
}
