import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { AnswerFirst } from '../../injector/injector.ts';
import type { Config } from '../config/config.ts';
import type { ConfigReading } from '../config/load.ts';
import { ConfigError, formatProblems } from '../config/problems.ts';
import { writeStarter } from '../config/starter.ts';
import type { Logger } from '../log/log.ts';
import { configurationFile, readBareConfiguration, readConfiguration } from './configuration.ts';
import { createSetupAsker, type SetupAsker } from './setup-asker.ts';
import { createSetupPage } from './setup-page.ts';

/** A program that has no configuration yet, and what it does meanwhile. */
export interface Setup {
  /** What is gone by meanwhile. */
  readonly config: Config;
  /** Whether Jellyfin is passed through, so that `config` is to be put in force. */
  readonly isPassedThrough: boolean;
  readonly answerFirst: AnswerFirst;
  /** Takes note of why the configuration cannot be used now, and throws it on. */
  refuse(error: unknown): never;
  /**
   * From now on whoever types the code of the log is asked; nobody is where the file was whole once, could not be written, or is for
   * one half only.
   *
   * @param address Of the page, on this machine.
   */
  open(address: string, log: Logger): void;
  /** A configuration is in force. */
  end(): void;
  /** The program ends: makes undone what somebody has begun there. */
  close(): Promise<void>;
}

/**
 * Reads the configuration for the first time, or begins to wait for it. Where there is none that does more than pass
 * Jellyfin through, one to fill in is written first.
 *
 * Jellyfin is passed through only as long as the file was never whole: what an admin has once put in force, such as holding back
 * sign-ins, is not taken away by a typing error and a restart.
 *
 * @throws {ConfigError} when not even the address to listen on can be read.
 */
export async function readOrSetUp(
  configPath: string | undefined,
  only: Config['only'],
): Promise<ConfigReading | Setup> {
  const file = resolve(configurationFile(configPath));
  const first = await tryToRead(configPath, only);
  if ('config' in first && (first.config.isFromFile || doesMoreThanPassOn(first.config))) return first;
  const notWritten = existsSync(file) ? undefined : await writeStarter(file);
  const failed = await tryToRead(file, only);
  // Somebody else was quicker to write one.
  if ('config' in failed) return failed;
  const bare = await readBareConfiguration(configPath);
  if (bare === undefined) throw failed;
  const isPassedThrough = bare.isJellyfinKnown && bare.isUnfinished;
  let { problems } = failed;
  let isOver = false;
  let asker: SetupAsker | undefined;
  const mayAsk = bare.isUnfinished && notWritten === undefined && only === undefined;
  const state = () => ({
    ...{ file, notWritten, isPassedThrough, isOver },
    problems: problems.map((problem) => formatProblems([problem])),
  });
  return {
    config: bare.config,
    isPassedThrough,
    answerFirst: createSetupPage(state, () => asker, bare.config.listen.trustedProxies),
    refuse(error) {
      if (error instanceof ConfigError) ({ problems } = error);
      throw error;
    },
    open(address, log) {
      if (mayAsk) asker = createSetupAsker(file, address, log);
    },
    end() {
      if (isOver) return;
      isOver = true;
      void asker?.end();
    },
    close: async () => await asker?.close(),
  };
}

/** With nothing but Jellyfin's address in the environment, there is nothing that anybody would want Gatehouse for. */
function doesMoreThanPassOn({ reset, remoteReset, enabledMods, loginThrottle }: Config): boolean {
  const wanted = [reset, remoteReset, loginThrottle].some((part) => part !== undefined);
  return wanted || Object.keys(enabledMods).length > 0;
}

async function tryToRead(
  configPath: string | undefined,
  only: Config['only'],
): Promise<ConfigReading | ConfigError> {
  try {
    return await readConfiguration(configPath, only);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
}
