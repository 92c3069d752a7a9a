import { runsCode } from '../../injector/kit/data-mod.ts';
import type { DataModDefinition } from '../../injector/kit/data-mod-schema.ts';
import { filesNamed } from '../config/data-mods.ts';
import { oneLine } from '../messages/messages.ts';
import type { ModFiles } from './mod-source.ts';

/** What stands beside a mod that brings code of its own, wherever it is named. */
export const RUNS_CODE = 'RUNS CODE IN BROWSERS';

/** The code of a mod, for people; undefined when it has none. */
export function codeNotice(definition: DataModDefinition): string | undefined {
  if (!runsCode(definition)) return undefined;
  const scripts = filesNamed(definition).filter(({ path }) => path[0] === 'scripts');
  const replaced = (definition.replacements ?? []).filter((one) => one.in === 'script').length;
  const all = [
    ...scripts.map(({ inside }) => oneLine(inside)),
    ...(replaced === 0
      ? []
      : [`${replaced} ${replaced === 1 ? 'text' : 'texts'} replaced in the client’s own`]),
  ];
  return `${RUNS_CODE}: ${all.join(', ')}`;
}

/** What a mod that is data would change, one line each: by its fields, and what its rules and elements load from elsewhere. */
export function describeChanges(definition: DataModDefinition, files: ModFiles): string[] {
  const {
    css,
    styles = [],
    texts,
    tags = [],
    menuLinks = [],
    defaults = {},
    json = {},
    assets = {},
    replacements = [],
  } = definition;
  const keys = (group: object): string[] =>
    Object.entries(group).flatMap(([key, value]) => (value === undefined ? [] : [key]));
  const values = Object.entries(json).flatMap(([document, all]) =>
    Object.keys(all ?? {}).map((key) => `${key} of ${document}`),
  );
  const settings = Object.entries(defaults).flatMap(([name, one]) =>
    one === undefined ? [] : [one.isForced ? `${name} (whatever people chose)` : name],
  );
  const line = (what: string, all: readonly string[]): string[] =>
    all.length === 0 ? [] : [`${what}: ${all.map(oneLine).join(', ')}`];
  return [
    ...line('rules', [
      ...(css === undefined ? [] : [`${Buffer.byteLength(css)} bytes in mod.yaml`]),
      ...filesNamed({ ...definition, scripts: undefined, assets: undefined }).map(({ inside }) => inside),
    ]).filter(() => css !== undefined || styles.length > 0),
    ...line('texts', keys(texts ?? {})),
    ...line(
      'elements',
      tags.map(({ tag, place }) => `${tag} (${place})`),
    ),
    ...line(
      'links in the menu',
      menuLinks.map(({ name, url }) => `${name} (${url})`),
    ),
    ...line('settings', settings),
    ...line('values', values),
    ...line(
      'text in files of the client',
      replacements.map(({ find, replace, in: kind }) => `${cut(find)} becomes ${cut(replace)} (${kind})`),
    ),
    ...line('pictures and fonts', Object.keys(assets)),
    ...line('may load from', otherServers(definition, files)),
  ];
}

/** Most characters of a text that are shown; `mod.yaml` has it whole. */
const MAX_SHOWN = 60;

function cut(text: string): string {
  return JSON.stringify(text.length <= MAX_SHOWN ? text : `${text.slice(0, MAX_SHOWN - 1)}…`);
}

/** Servers that addresses in rules and elements name. */
function otherServers(definition: DataModDefinition, files: ModFiles): string[] {
  const styles = [...files].filter(([path]) => /\.(?:css|js)$/i.test(path));
  const texts = [
    definition.css ?? '',
    JSON.stringify([definition.tags ?? [], definition.json ?? {}, definition.replacements ?? []]),
    ...styles.map(([, bytes]) => bytes.toString('utf8')),
  ];
  const hosts = texts.flatMap((text) =>
    [...text.matchAll(/(?:https?:)?\/\/([a-z0-9][a-z0-9.-]{0,252}\.[a-z0-9-]{1,63})(?![\w-])/gi)].map(
      ([, host = '']) => host.toLowerCase(),
    ),
  );
  return [...new Set(hosts)].sort().slice(0, 50);
}

/** The files of a mod with their sizes, one line each. */
export function listFiles(files: ModFiles): string[] {
  return [...files].map(([path, { length }]) => `${oneLine(path)}  ${sizeOf(length)}`).sort();
}

function sizeOf(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
