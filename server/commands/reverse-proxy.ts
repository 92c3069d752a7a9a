import { type ArgsDef, defineCommand } from 'citty';
import { MOD_LIST } from '../../injector/mods/index.ts';
import { findNearest } from '../config/nearest.ts';
import { readConfiguration } from '../program/configuration.ts';
import { FRONTS, type FrontName, SPLITTING } from '../reverse-proxy/fronts.ts';
import { NGINX_MODES, type NginxMode } from '../reverse-proxy/nginx-choice.ts';
import { readNginxSetup } from '../reverse-proxy/nginx-setup.ts';
import { readServerName, warnOf } from './nginx.ts';
import { configOption, takeWord } from './options.ts';
import { UsageError, withPlainErrors } from './plain-errors.ts';

const NAMES = Object.keys(FRONTS);

const options = {
  proxy: {
    type: 'positional',
    required: false,
    valueHint: 'PROXY',
    description: `${NAMES.slice(0, -1).join(', ')} or ${NAMES.at(-1)}.`,
  },
  mode: {
    type: 'string',
    valueHint: 'full|split',
    description:
      'full (default): everything goes through Gatehouse. split, of caddy only: films go straight to Jellyfin.',
  },
  tls: { type: 'boolean', description: 'https, and a way there from http.' },
  'server-name': {
    type: 'string',
    valueHint: 'NAME',
    description: 'The name people use. Default: that of public.url.',
  },
  ...configOption,
} as const satisfies ArgsDef;

/** `gatehouse reverse-proxy`: prints a configuration for a proxy in front, for the configuration in force. Starts and changes nothing. */
export const reverseProxyCommand = defineCommand({
  args: options,
  run: ({ args, rawArgs }) =>
    withPlainErrors(async () => {
      const name = readProxy(takeWord(rawArgs, options, 'PROXY'));
      const mode = readMode(name, args.mode);
      const { config } = await readConfiguration(args.config);
      const setup = await readNginxSetup(config, MOD_LIST);
      // Of containers beside this one nobody here knows the addresses.
      if (name !== 'traefik-labels') warnOf(setup);
      const serverName = readServerName(args['server-name'] ?? setup.publicHost);
      process.stdout.write(FRONTS[name](setup, { mode, isTls: args.tls === true, serverName }));
    }),
});

function readProxy(word: string): FrontName {
  if (Object.hasOwn(FRONTS, word)) return word as FrontName;
  if (word === 'nginx') throw new UsageError('nginx has a command of its own: gatehouse nginx');
  const near = findNearest(word, NAMES);
  throw new UsageError(
    `PROXY takes ${NAMES.join(', ')}, not "${word}"${near === undefined ? '' : `; did you mean ${near}?`}`,
  );
}

/** Which requests must come here is told by how a path is spelled: that takes a proxy that tells it as it came. */
function readMode(name: FrontName, text = 'full'): NginxMode {
  const mode = NGINX_MODES.find((one) => one === text);
  if (mode === undefined) throw new UsageError(`--mode takes full or split, not "${text}"`);
  if (mode === 'full' || SPLITTING.includes(name)) return mode;
  throw new UsageError(
    `--mode split is there for nginx (gatehouse nginx) and ${SPLITTING.join(', ')}: ${name} has --mode full`,
  );
}
