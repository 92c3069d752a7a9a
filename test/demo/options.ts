import { parseArgs } from 'node:util';
import { MODS } from '../../injector/mods/all.ts';
import { METHODS, RESET_METHODS, type ResetMethod } from '../../server/config/methods.ts';
import { findNearest } from '../../server/config/nearest.ts';
import { JELLYFIN_VERSIONS, type JellyfinVersion } from '../jellyfin/fake-jellyfin.ts';

/** What the demo was asked for on its command line. */
export interface DemoOptions {
  /** Ports that were asked for: undefined where none was, 0 for any free one. */
  readonly ports: { readonly [place in Place]: number | undefined };
  readonly version: JellyfinVersion;
  readonly method: ResetMethod;
  /** Without an API key, by Jellyfin's data folder. */
  readonly isKeyless: boolean;
  /** Pretends that whoever looks at it comes from outside the home network. */
  readonly isOutside: boolean;
  /** What the Forgot Password button does. */
  readonly show: 'check-your-messages' | 'account' | 'pin-page';
  /** Names of mods that are on besides, or in place of the demo's own decoration. */
  readonly mods: readonly string[];
}

/** The three servers of the demo that have an address of their own. */
export type Place = 'login' | 'inbox' | 'jellyfin';

/** Which option sets the port of a place, and which port it has where nothing is said and it is free. */
export const PLACES: { readonly [place in Place]: { readonly option: string; readonly port: number } } = {
  login: { option: '--port', port: 8097 },
  inbox: { option: '--inbox-port', port: 8025 },
  jellyfin: { option: '--jellyfin-port', port: 8096 },
};

const SHOWS = ['check-your-messages', 'account'] as const;

/** What `--help` prints. */
export const HELP = `Starts Gatehouse in front of a pretend Jellyfin with a few people in it, and an inbox to read their messages in.

  npm run demo -- [options]

  --method METHOD        how a password is reset: ${RESET_METHODS.join(', ')} (link)
  --show WHERE           where the Forgot Password button leads with link and account: ${SHOWS.join(', ')}
  --outside              pretend that you come from outside the home network, to try the login throttle
  --keyless              do without an API key, by Jellyfin's data folder
  --mod NAME             start with this mod on; may be there several times (docs/mods/README.md lists them)
  --version VERSION      Jellyfin ${JELLYFIN_VERSIONS.join(', ')} (10.11.11)
  --port PORT            port of the login page (8097 where it is free, else any free one)
  --inbox-port PORT      port of the inbox (8025, likewise)
  --jellyfin-port PORT   port of the pretend Jellyfin (8096, likewise)
  --help                 this text

A port of 0 is any free one. Ctrl+C ends the demo and leaves nothing behind.
`;

const OPTIONS = {
  port: { type: 'string' },
  'inbox-port': { type: 'string' },
  'jellyfin-port': { type: 'string' },
  version: { type: 'string', default: '10.11.11' },
  method: { type: 'string', default: 'link' },
  show: { type: 'string' },
  mod: { type: 'string', multiple: true },
  keyless: { type: 'boolean', default: false },
  outside: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

const LIST_ALL = 'npm run demo -- --help lists all options.';

/**
 * Reads the options that {@link HELP} describes.
 *
 * @returns `help` when that was asked for, whatever else was.
 * @throws {Error} with one sentence that names the option, when something is not understood.
 */
export function readDemoOptions(argv: readonly string[]): DemoOptions | 'help' {
  if (argv.includes('--help') || argv.includes('-h')) return 'help';
  const { tokens } = parseArgs({ args: [...argv], options: OPTIONS, strict: false, tokens: true });
  for (const token of tokens) {
    if (token.kind === 'positional')
      throw new Error(
        `"${token.value}" belongs to no option; options stand behind two dashes of their own, as in npm run demo -- --method pin.`,
      );
    if (token.kind !== 'option') continue;
    const known = Object.entries(OPTIONS).find(([name]) => name === token.name)?.[1];
    if (known === undefined) throw new Error(`There is no option ${token.rawName}; ${LIST_ALL}`);
    if (known.type === 'boolean' && token.value !== undefined)
      throw new Error(`${token.rawName} takes no value; ${LIST_ALL}`);
    if (known.type === 'string' && (token.value === undefined || token.value === ''))
      throw new Error(`${token.rawName} needs a value; ${LIST_ALL}`);
  }
  const { values } = parseArgs({ args: [...argv], options: OPTIONS });
  const version = oneOf('--version', values.version, JELLYFIN_VERSIONS);
  const method = oneOf('--method', values.method, RESET_METHODS);
  const show = values.show === undefined ? undefined : oneOf('--show', values.show, SHOWS);
  if (show !== undefined && METHODS[method].asksPin)
    throw new Error(
      `--show goes with --method link or account: with ${method}, the form leads to the PIN page.`,
    );
  return {
    ports: {
      login: toPort('--port', values.port),
      inbox: toPort('--inbox-port', values['inbox-port']),
      jellyfin: toPort('--jellyfin-port', values['jellyfin-port']),
    },
    version,
    method,
    isKeyless: values.keyless,
    isOutside: values.outside,
    show: show ?? METHODS[method].lead,
    mods: [...new Set((values.mod ?? []).map(toModName))],
  };
}

function toModName(text: string): string {
  const names = MODS.map(({ name }) => name);
  if (names.includes(text)) return text;
  const near = findNearest(text, names);
  const hint = near === undefined ? 'docs/mods/README.md lists all mods.' : `did you mean ${near}?`;
  throw new Error(`--mod: there is no mod ${text}; ${hint}`);
}

function oneOf<Value extends string>(option: string, text: string, known: readonly Value[]): Value {
  const found = known.find((value) => value === text);
  if (found === undefined) throw new Error(`${option} is one of ${known.join(', ')}.`);
  return found;
}

function toPort(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535)
    throw new Error(`${option} is a number from 0 to 65535, where 0 takes any free port.`);
  return port;
}
