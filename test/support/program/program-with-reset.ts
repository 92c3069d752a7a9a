import { readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tempFolder } from '../files/temp-folder.ts';
import { freePort } from '../network/free-port.ts';
import { type Program, startProgram } from './program.ts';

/** The lines of the config that tests change. */
export interface ProgramLines {
  readonly jellyfinUrl: string;
  readonly apiKey: string;
  /** Default a port where nothing listens. */
  readonly smtpUrl?: string;
  /** Section `reset`, as a flow map; default empty. */
  readonly reset?: string;
  /** Whose word about the client's address is believed; default nobody's. */
  readonly trustedProxies?: string;
  /** Further lines at the end. */
  readonly more?: string;
}

/** The real program with a reset service, as a process of its own. */
export interface ProgramWithReset {
  readonly program: Program;
  readonly port: number;
  /** Address people use, without a slash at the end. */
  readonly url: string;
}

/**
 * Starts it in front of a Jellyfin, which need not be there; it is gone after the running test.
 *
 * @param folder Where its config and, unless `more` says otherwise, its database `gatehouse.db` are; default a new one.
 * @param variables Of its environment, in place of those of this process that are ours.
 */
export async function startProgramWithReset(
  lines: ProgramLines,
  folder?: string,
  variables: Readonly<Record<string, string>> = {},
): Promise<ProgramWithReset> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const configPath = join(folder ?? (await tempFolder()), 'config.yaml');
  await writeFile(
    configPath,
    `listen: { host: 127.0.0.1, port: ${port}, trustedProxies: [${lines.trustedProxies ?? ''}] }
public: { url: '${url}' }
jellyfin: { url: '${lines.jellyfinUrl}', apiKey: ${lines.apiKey} }
reset: ${lines.reset ?? '{}'}
mail: { url: '${lines.smtpUrl ?? 'smtp://127.0.0.1:9'}', from: noreply@example.org }
${lines.more ?? ''}
`,
  );
  return { program: await startProgram(['--config', configPath], variables), port, url };
}

/** How many file descriptors a program has open. */
export function countOpenFiles({ child }: Program): number {
  return readdirSync(`/proc/${child.pid}/fd`).length;
}
