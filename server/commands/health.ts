import { setTimeout as sleep } from 'node:timers/promises';
import { type ArgsDef, defineCommand } from 'citty';
import { type Half, listenerOf } from '../config/config.ts';
import { hostAndPort, hostToConnect } from '../config/listen-address.ts';
import { ConfigError } from '../config/problems.ts';
import { systemCode } from '../errors/system-code.ts';
import { askListener, isThisGatehouse, type ListenPlace } from '../health/ask-listener.ts';
import { reachKey } from '../health/reach.ts';
import { readBareConfiguration, readConfiguration } from '../program/configuration.ts';
import {
  configOption,
  jsonOption,
  onlyOption,
  printJson,
  readHalf,
  refuseStrayArguments,
} from './options.ts';
import { UsageError, withPlainErrors } from './plain-errors.ts';

/** How long one answer may take, in milliseconds. */
const ANSWER_MS = 5_000;
/** Between two tries with `--wait`, in milliseconds. */
const PAUSE_MS = 200;
const MAX_WAIT_SECONDS = 600;

const options = {
  ready: {
    type: 'boolean',
    description:
      'Ask whether people can be served (Jellyfin and database are there), not only whether it lives.',
  },
  wait: {
    type: 'string',
    valueHint: 'seconds',
    description: 'Try again for so long until the answer is yes. Default: 0.',
  },
  process: {
    type: 'string',
    valueHint: 'number',
    description: 'Wait only as long as this process is there, such as $MAINPID of systemd.',
  },
  ...jsonOption,
  ...onlyOption,
  ...configOption,
} as const satisfies ArgsDef;

/**
 * `gatehouse health`: asks the Gatehouse on this machine, where the configuration says that it listens, for what needs an exit code:
 * a container's health check, a unit of systemd. A configuration that cannot be used is asked for its `listen` alone.
 */
export const healthCommand = defineCommand({
  args: options,
  run: ({ args, rawArgs }) =>
    withPlainErrors(async () => {
      refuseStrayArguments(rawArgs, options);
      const place = await readPlace(args.config, readHalf(args.only));
      const path = `/gatehouse/health/${args.ready === true ? 'ready' : 'live'}`;
      const isThere = watchProcess(args.process);
      const end = Date.now() + readSeconds(args.wait) * 1_000;
      let answer = await statusOf(place, path);
      while (answer !== 200 && Date.now() < end && isThere()) {
        await sleep(PAUSE_MS);
        answer = await statusOf(place, path);
      }
      const where = hostAndPort(hostToConnect(place.host), place.port);
      if (args.json === true) printJson({ listener: where, path, answer, isFine: answer === 200 });
      // Told and no more: while a changed file is refused, the last good configuration serves films, and must not be ended for it.
      if (answer === 200 && !(await isOurs(place)))
        process.stderr.write(
          `another Gatehouse answers at ${where}, or one that keeps an earlier configuration; its log says which\n`,
        );
      if (answer !== 200)
        throw new Error(
          `${where} says no to ${path} (${answer}); its log says why, or that nothing runs there`,
        );
      if (args.json !== true)
        process.stdout.write(`${where} is ${args.ready === true ? 'ready' : 'alive'}\n`);
    }),
});

/** What is to be asked, and by what it is known; by nothing where the configuration holds no secret, or cannot be used. */
interface KnownPlace extends ListenPlace {
  readonly key?: Buffer | undefined;
}

/** Whether it is the Gatehouse of this configuration, as far as that can be told. */
async function isOurs({ key, ...place }: KnownPlace): Promise<boolean> {
  return key === undefined || (await isThisGatehouse(place, key, ANSWER_MS));
}

async function readPlace(configPath: string | undefined, only: Half | undefined): Promise<KnownPlace> {
  try {
    const { config } = await readConfiguration(configPath, only);
    return { ...placeOf(listenerOf(config)), key: reachKey(config) };
  } catch (error) {
    const bare = error instanceof ConfigError ? await readBareConfiguration(configPath) : undefined;
    if (bare === undefined || only === 'reset') throw error;
    return placeOf(bare.config.listen);
  }
}

function placeOf({ host, port, tls }: ReturnType<typeof listenerOf>): ListenPlace {
  return { host, port, isEncrypted: tls !== undefined };
}

/** The status of the answer, or the system's code for why there is none. */
async function statusOf(place: ListenPlace, path: string): Promise<number | string> {
  const answer = await askListener(place, path, { timeoutMs: ANSWER_MS });
  return 'status' in answer ? answer.status : answer.fault;
}

function readSeconds(text = '0'): number {
  const seconds = /^\d{1,3}$/.test(text) ? Number(text) : Number.NaN;
  if (seconds <= MAX_WAIT_SECONDS) return seconds;
  throw new UsageError(`--wait takes whole seconds, 0 to ${MAX_WAIT_SECONDS}, not "${text}"`);
}

/** Whether a process is still there; true where nobody says which. */
function watchProcess(text: string | undefined): () => boolean {
  if (text === undefined) return () => true;
  const id = /^[1-9]\d{0,9}$/.test(text) ? Number(text) : undefined;
  if (id === undefined) throw new UsageError(`--process takes the number of a process, not "${text}"`);
  return () => {
    try {
      return process.kill(id, 0);
    } catch (error) {
      return systemCode(error) === 'EPERM';
    }
  };
}
