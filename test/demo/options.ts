import { parseArgs } from 'node:util';
import { RESET_METHODS, type ResetMethod } from '../../server/config/methods.ts';
import { JELLYFIN_VERSIONS, type JellyfinVersion } from '../jellyfin/fake-jellyfin.ts';

/** What the demo was asked for on its command line. */
export interface DemoOptions {
  readonly port: number;
  readonly inboxPort: number;
  readonly jellyfinPort: number;
  readonly version: JellyfinVersion;
  readonly method: ResetMethod;
  /** Without an API key, by Jellyfin's data folder. */
  readonly isKeyless: boolean;
  /** What the Forgot Password button does; undefined: what fits the method. */
  readonly show: 'check-your-messages' | 'account' | undefined;
}

/**
 * Reads `--port`, `--inbox-port`, `--jellyfin-port` (0 = any free one; default 8097, 8025, 8096), `--version`
 * (default 10.11.11), `--method` (default link), `--keyless` and `--show`.
 *
 * @throws {Error} with one sentence when an option is not understood.
 */
export function readDemoOptions(argv: readonly string[]): DemoOptions {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      port: { type: 'string', default: '8097' },
      'inbox-port': { type: 'string', default: '8025' },
      'jellyfin-port': { type: 'string', default: '8096' },
      version: { type: 'string', default: '10.11.11' },
      method: { type: 'string', default: 'link' },
      keyless: { type: 'boolean', default: false },
      show: { type: 'string' },
    },
  });
  const version = JELLYFIN_VERSIONS.find((known) => known === values.version);
  if (version === undefined) throw new Error(`--version is one of ${JELLYFIN_VERSIONS.join(', ')}.`);
  const method = RESET_METHODS.find((known) => known === values.method);
  if (method === undefined) throw new Error(`--method is one of ${RESET_METHODS.join(', ')}.`);
  const { show } = values;
  if (show !== undefined && show !== 'check-your-messages' && show !== 'account') {
    throw new Error('--show is check-your-messages or account.');
  }
  return {
    port: toPort('--port', values.port),
    inboxPort: toPort('--inbox-port', values['inbox-port']),
    jellyfinPort: toPort('--jellyfin-port', values['jellyfin-port']),
    version,
    method,
    isKeyless: values.keyless,
    show,
  };
}

function toPort(name: string, text: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535) throw new Error(`${name} is a number from 0 to 65535.`);
  return port;
}
