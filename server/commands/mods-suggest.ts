import { type ArgsDef, defineCommand } from 'citty';
import { MODS } from '../../injector/mods/all.ts';
import { readAuthority } from '../config/files.ts';
import { isConfigured, readConfiguration } from '../program/configuration.ts';
import { askBranding, type Branding } from '../suggest/branding.ts';
import { recogniseDisclaimer } from '../suggest/disclaimer.ts';
import type { Finding } from '../suggest/finding.ts';
import { PROPOSE } from '../suggest/proposals.ts';
import { recogniseCss } from '../suggest/recognise-css.ts';
import { suggestMods } from '../suggest/suggest-mods.ts';
import { readWebFolder } from '../suggest/web-folder.ts';
import { writeSuggestion } from '../suggest/write-suggestion.ts';
import { configOption, refuseStrayArguments } from './options.ts';
import { UsageError, withPlainErrors } from './plain-errors.ts';

const options = {
  ...configOption,
  jellyfin: {
    type: 'string',
    valueHint: 'URL',
    description: 'The Jellyfin to look at. Default: jellyfin.url of the configuration.',
  },
  web: {
    type: 'string',
    valueHint: 'folder',
    description: 'A folder with a web client that was changed, such as /usr/share/jellyfin/web.',
  },
  json: { type: 'boolean', description: 'Write what was found as one JSON object.' },
} as const satisfies ArgsDef;

/**
 * `gatehouse mods suggest`: reads what was changed by hand in Jellyfin's branding settings and in a web folder, and prints the
 * lines of `config.yaml` that do the same, and what it does not recognise. Changes nothing.
 */
export const modsSuggestCommand = defineCommand({
  meta: {
    name: 'suggest',
    description:
      'Look for changes made by hand, in the custom CSS and the login disclaimer of Jellyfin and in a web folder, and print the lines of config.yaml that do the same. Changes nothing.',
  },
  args: options,
  run: ({ args, rawArgs }) =>
    withPlainErrors(async () => {
      refuseStrayArguments(rawArgs, options);
      const findings: Finding[] = [];
      const places: string[] = [];
      const notRead: string[] = [];
      const rests: { where: string; css: string }[] = [];
      const jellyfin = await findJellyfin(args);
      if (jellyfin !== undefined) {
        places.push(`Jellyfin at ${jellyfin.url}`);
        const { css, disclaimer } = await ask(jellyfin, args.web === undefined ? undefined : notRead);
        const { findings: inCss, rest } = recogniseCss(css, 'custom CSS');
        findings.push(...inCss, ...recogniseDisclaimer(disclaimer));
        rests.push({ where: 'custom CSS', css: rest });
      }
      if (args.web !== undefined) {
        places.push(args.web);
        const folder = await readWebFolder(args.web);
        findings.push(...folder.findings);
        notRead.push(...folder.notRead);
        rests.push({ where: 'index.html', css: folder.rest });
      }
      findings.push(...rests.flatMap(({ where, css }) => ownRules(where, css)));
      const suggestion = suggestMods(findings, MODS);
      if (args.json !== true)
        return void process.stdout.write(writeSuggestion(suggestion, { places, notRead }));
      const { entries, leftOver } = suggestion;
      const notProposed = leftOver.map(({ where, what, advice }) => ({ where, what, advice }));
      process.stdout.write(`${JSON.stringify({ places, entries, notProposed, notRead }, null, 2)}\n`);
    }),
});

/** Rules that no mod has a name for. */
function ownRules(where: string, css: string): Finding[] {
  if (css.trim() === '') return [];
  const what = 'has rules of your own';
  const clear =
    where === 'custom CSS'
      ? 'Jellyfin’s custom CSS may be cleared once these lines are in force (Dashboard, Branding); until then both count.'
      : undefined;
  return [{ where, what, proposal: PROPOSE.customCss(css), advice: clear }];
}

/** The Jellyfin that was named, or that of the configuration; undefined where a folder is asked about and there is no configuration. */
async function findJellyfin({ jellyfin: url, config: configPath, web }: Named): Promise<Asked | undefined> {
  if (url !== undefined) {
    if (/^(?:https?:\/\/[^\s/]|unix:\/)/i.test(url)) return { url, ca: undefined };
    throw new UsageError(`--jellyfin takes an address such as http://127.0.0.1:8096, not "${url}"`);
  }
  if (!isConfigured(configPath) && web !== undefined) return undefined;
  const { jellyfin } = (await readConfiguration(configPath)).config;
  return { url: jellyfin.url, ca: await readAuthority(jellyfin.caFile, 'jellyfin') };
}

interface Named {
  readonly jellyfin?: string | undefined;
  readonly config?: string | undefined;
  readonly web?: string | undefined;
}

interface Asked {
  readonly url: string;
  readonly ca: string | undefined;
}

/** What is said of Jellyfin's settings; where it cannot be asked and there is a folder too, that is noted. */
async function ask(jellyfin: Asked, notRead: string[] | undefined): Promise<Branding> {
  try {
    return await askBranding(jellyfin);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const says = `Jellyfin at ${jellyfin.url} cannot be asked (${reason}); start it, or name another with --jellyfin`;
    if (notRead === undefined) throw new Error(says);
    notRead.push(says);
    return { css: '', disclaimer: '' };
  }
}
