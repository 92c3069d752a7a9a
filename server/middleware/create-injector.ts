import type { IncomingMessage, ServerResponse } from 'node:http';
import { createInjector as createWholeInjector } from '../../injector/create-injector.ts';
import type { Log, WriteLog } from '../../injector/kit/log.ts';
import { MOD_LIST } from '../../injector/mods/index.ts';
import { findWebFolder } from '../program/web-folder.ts';
import type { InjectorOptions } from './injector-options.ts';
import { readOptions } from './read-options.ts';

/** What `log` of the options must do. */
export type { Log, LogEntry, WriteLog } from '../../injector/kit/log.ts';
/** What the injector is told. */
export type { InjectorOptions, ModSetting } from './injector-options.ts';

/**
 * The injector as middleware of express, connect and plain `node:http`, in front of your own way to Jellyfin: it answers what mods
 * change of the web client, and hands everything else to `next` exactly as it came, media and sign-ins among it. Whatever fails here, `next` is
 * called, without an error. WebSockets do not come here; they are your proxy's.
 */
export interface Injector {
  (request: IncomingMessage, response: ServerResponse, next: (error?: unknown) => void): void;
  /**
   * Puts other options into force, for requests that come after.
   *
   * @throws {ConfigError} with every problem at once; those before then stay.
   */
  reload(options: InjectorOptions): Promise<void>;
  /** Ends everything that it has begun, so that it keeps no process alive; after it, everything goes to `next`. Idempotent. */
  close(): Promise<void>;
}

/**
 * Makes the injector. Jellyfin need not be there yet.
 *
 * @throws {ConfigError} when the options have a problem, with every problem at once, a line each.
 */
export async function createInjector(options: InjectorOptions): Promise<Injector> {
  const settings = await readOptions(options, MOD_LIST);
  const injector = createWholeInjector({
    mods: MOD_LIST,
    clientFolder: `${findWebFolder()}/client`,
    log: options.log ?? CONSOLE,
  });
  await injector.configure(settings, undefined);
  let isClosed = false;

  return Object.assign(
    (request: IncomingMessage, response: ServerResponse, next: (error?: unknown) => void): void => {
      if (isClosed) next();
      else injector.change(request, response, next);
    },
    {
      async reload(other: InjectorOptions): Promise<void> {
        if (isClosed) throw new Error('the injector is closed; make another one with createInjector');
        await injector.configure(await readOptions(other, MOD_LIST), undefined);
      },
      async close(): Promise<void> {
        if (isClosed) return;
        isClosed = true;
        await injector.close();
      },
    },
  );
}

const ignore = (): void => undefined;

/** Standard output is the program's own. */
const toStandardError: WriteLog = ({ event, ...details }, message) =>
  void process.stderr.write(`gatehouse: ${event} ${message ?? ''} ${JSON.stringify(details)}\n`);

const CONSOLE: Log = { debug: ignore, info: ignore, warn: toStandardError, error: toStandardError };
