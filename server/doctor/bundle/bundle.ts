import { arch, hostname, platform, release, totalmem, userInfo } from 'node:os';
import { AUDITED_EVENTS } from '../../audit/events.ts';
import type { Config } from '../../config/config.ts';
import { readText } from '../../config/files.ts';
import { MAX_FILE_BYTES } from '../../config/load.ts';
import { secretsOf } from '../../config/secrets.ts';
import { PROGRAM_VERSION } from '../../config/version.ts';
import { parseYaml } from '../../config/yaml.ts';
import type { KeptAuditEntry } from '../../ports/audit.ts';
import { type ReportRows, readForReport } from '../../storage/read-for-report.ts';
import type { Finding } from '../finding.ts';
import { decoded, findOurWords, type OurWords, outlineConfig } from './config-outline.ts';
import { createStandIns, type StandIns } from './stand-ins.ts';

/** What a bundle is made of. */
export interface BundleParts {
  readonly findings: readonly Finding[];
  /** Undefined where it cannot be used. */
  readonly config: Config | undefined;
  /** Where it is, or would be. */
  readonly configFile: string;
  /** Names and ids of the users Jellyfin has; empty where it cannot be asked. */
  readonly users: readonly { readonly Id: string; readonly Name: string }[];
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Most rows of the audit table. */
const MOST_ROWS = 200;

/** Names of machines and of system users that tell nothing, and stand in sentences of ours. */
const COMMON =
  /^(?:jellyfin|gatehouse|localhost|nginx|caddy|traefik|postgres|db|mail|smtp|root|node|nobody|app|data|config)$/i;

/**
 * Makes what one would attach to a report, as JSON: findings, versions, the outline of the configuration, the last rows of the audit
 * table, and the platform. Secrets, addresses and names are known from the configuration, the database and Jellyfin, and each stands as
 * the same stand-in everywhere. Never rejects for what cannot be read: it says so in place of it.
 */
export async function makeBundle(parts: BundleParts): Promise<string> {
  const { findings, config, configFile, environment } = parts;
  const { MODS } = await import('../../../injector/mods/all.ts');
  const words = findOurWords(MODS);
  const standIns = createStandIns({ isSetting: (first) => words.fields.has(first) });
  const read = await readText(configFile, MAX_FILE_BYTES);
  const tree = 'fault' in read ? undefined : parseYaml(read.text, configFile).tree;
  const rows = config?.reset === undefined ? undefined : await readRows(config.storage);
  const known = [config, tree].filter((one) => typeof one === 'object' && one !== null);
  hideAll(standIns, known, parts.users, rows);
  const bundle = {
    about:
      'Made by gatehouse doctor --bundle. Stand-ins such as name-1 stand for secrets, addresses and names.',
    versions: { gatehouse: PROGRAM_VERSION, node: process.version },
    platform: { system: platform(), release: release(), arch: arch(), memoryBytes: totalmem() },
    environment: ourVariables(environment, words),
    findings: findings.map(({ name, state, says, fix }) => ({
      ...{ name, state, says: standIns.clean(says) },
      ...(fix === undefined ? {} : { fix: standIns.clean(fix) }),
    })),
    config: tree === undefined ? 'could not be read' : outlineConfig(tree, words, standIns),
    audit: rows?.audit.map((row) => outlineRow(row, standIns)) ?? 'could not be read',
  };
  return `${JSON.stringify(bundle, null, 2)}\n`;
}

/** Names of variables that stand for fields of ours; what they hold is not told. */
function ourVariables(environment: BundleParts['environment'], { fields }: OurWords): readonly string[] {
  const plain = new Set([...fields].map((field) => field.replaceAll('-', '').toUpperCase()));
  const isOurs = (part: string): boolean => plain.has(part.replace(/_FILE$/, '').replaceAll('_', ''));
  return Object.keys(environment)
    .filter((name) => name.startsWith('GATEHOUSE_') && name.slice(10).split('__').every(isOurs))
    .sort();
}

/** Undefined where it cannot be read: a finding says why. */
function readRows(location: string): Promise<ReportRows | undefined> {
  return readForReport(location, MOST_ROWS).catch(() => undefined);
}

function hideAll(
  standIns: StandIns,
  known: readonly object[],
  users: BundleParts['users'],
  rows: ReportRows | undefined,
): void {
  const texts = known.flatMap(textsIn);
  const urls = texts.map((text) => URL.parse(text)).filter((url) => url !== null);
  standIns.hide('secret', known.flatMap(secretsOf));
  standIns.hide('address', rows?.addresses ?? []);
  standIns.hide(
    'address',
    texts.filter((text) => /^[^\s@]+@[^\s@]+$/.test(text)),
  );
  standIns.hide(
    'address',
    urls.map(({ username }) => decoded(username)),
  );
  standIns.hide('user-id', [...users.map(({ Id }) => Id), ...(rows?.userIds ?? [])]);
  standIns.hide('name', [...users.map(({ Name }) => Name), ...(rows?.names ?? [])]);
  const hosts = urls.map((url) => url.hostname.replace(/^\[(.*)\]$/, '$1'));
  standIns.hide(
    'host',
    [...hosts, hostname()].filter((host) => !COMMON.test(host) && !/^(?:127\.|::1$)/.test(host)),
  );
  standIns.hide(
    'name',
    [systemUser()].filter((name) => !COMMON.test(name)),
  );
}

/** Empty where the system has no name for it, as in many containers. */
function systemUser(): string {
  try {
    return userInfo().username;
  } catch {
    return '';
  }
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** A row of the audit table: what happened and when, and who by stand-in. */
function outlineRow(
  { at, event, outcome, userId, userName, clientAddress, details }: KeptAuditEntry,
  standIns: StandIns,
): object {
  return {
    at: new Date(at).toISOString(),
    event: Object.hasOwn(AUDITED_EVENTS, event) ? event : standIns.of('text', event),
    ...(outcome === undefined ? {} : { outcome: outlineValue(outcome, standIns) }),
    ...(userId === undefined ? {} : { user: standIns.of('user-id', userId) }),
    ...(userName === undefined ? {} : { name: standIns.of('name', userName) }),
    ...(clientAddress === undefined ? {} : { client: standIns.of('ip', clientAddress) }),
    ...(details === undefined ? {} : { details: outlineValue(details, standIns) }),
  };
}

/** Fields of details that name somebody, or a way to them. */
const OF_PEOPLE = /name|user|address|contact|client|^(?:by|to|from|who)$/i;

/** Larger numbers may be of telephones and chats. */
const LARGEST_NUMBER = 999_999;

function outlineValue(value: unknown, standIns: StandIns, field = ''): unknown {
  if (typeof value === 'number')
    return Math.abs(value) > LARGEST_NUMBER ? standIns.of('address', `${value}`) : value;
  if (typeof value === 'string') {
    if (OF_PEOPLE.test(field)) return standIns.of('name', value);
    // Words that the program chose; what people wrote is longer, or of other letters.
    return /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(value) ? standIns.clean(value) : standIns.of('text', value);
  }
  if (Array.isArray(value)) return value.map((one) => outlineValue(one, standIns, field));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [standIns.clean(name), outlineValue(one, standIns, name)]),
  );
}
