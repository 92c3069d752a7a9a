import { type ArgsDef, defineCommand } from 'citty';
import { findByUserName } from '../../injector/jellyfin/user-names.ts';
import type { KeptAuditEntry } from '../ports/audit.ts';
import type { Contacts } from '../ports/contacts.ts';
import { type CommandContext, withCommandContext } from './command-context.ts';
import { configOption, refuseStrayArguments } from './options.ts';
import { UsageError, withPlainErrors } from './plain-errors.ts';

/**
 * An entry for people: time, event, person, address, outcome and details with tabs between; or one JSON object. Always
 * one line, and nothing in it steers a terminal, whatever a name holds.
 */
export function toAuditLine(entry: KeptAuditEntry, isJson: boolean): string {
  const { id, at, event, userId, userName, clientAddress, outcome, details } = entry;
  const time = new Date(at).toISOString();
  if (isJson) {
    return plain(JSON.stringify({ id, time, event, userId, userName, clientAddress, outcome, details }));
  }
  const more = Object.entries(details ?? {}).map(([name, value]) => `${name}=${textOf(value)}`);
  const fields = [
    time,
    event,
    userName ?? userId ?? '-',
    clientAddress ?? '-',
    outcome ?? '-',
    more.join(' '),
  ];
  return plain(fields.map((field) => field.replaceAll('\t', ' ')).join('\t')).trimEnd();
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Tabs stay: they part the fields. */
function plain(text: string): string {
  return text.replace(/(?!\t)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
    character
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  );
}

/** How many entries are shown when nothing is said. */
const DEFAULT_LIMIT = 100;

const options = {
  user: { type: 'string', valueHint: 'name', description: 'Only what happened to this Jellyfin user.' },
  limit: {
    type: 'string',
    valueHint: 'number',
    description: `How many of the newest entries, 1 to 10000. Default: ${DEFAULT_LIMIT}.`,
  },
  json: { type: 'boolean', description: 'Print one JSON object a line.' },
  ...configOption,
} as const satisfies ArgsDef;

/** `gatehouse audit`: what happened to accounts and to the reset service, oldest of the shown first. Changes nothing. */
export const auditCommand = defineCommand({
  meta: { name: 'audit', description: 'Show what happened: requests, messages, changes, refusals.' },
  args: options,
  run: ({ args, rawArgs }) =>
    withPlainErrors(async () => {
      refuseStrayArguments(rawArgs, options);
      const limit = readLimit(args.limit);
      await withCommandContext(args.config, async (place) => {
        const userId = args.user === undefined ? undefined : await findId(args.user, place);
        const entries = await place.audit.list({ limit, userId });
        const names = await namesOf(entries, place.contacts);
        for (const entry of entries.toReversed()) {
          const named = { ...entry, userName: entry.userName ?? names.get(entry.userId ?? '') };
          process.stdout.write(`${toAuditLine(named, args.json === true)}\n`);
        }
      });
    }),
});

function readLimit(text: string | undefined): number {
  if (text === undefined) return DEFAULT_LIMIT;
  const limit = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (limit < 1 || limit > 10_000) throw new UsageError('--limit must be a number from 1 to 10000');
  return limit;
}

/** By contact first, so that the trail can be read while Jellyfin is away; an id is taken as it is. */
async function findId(name: string, { contacts, askForPeople }: CommandContext): Promise<string> {
  if (/^[0-9a-f]{32}$/.test(name)) return name;
  const contact = findByUserName(await contacts.ofUserName(name), ({ userName }) => userName, name);
  if (contact !== undefined) return contact.userId;
  const people = await askForPeople();
  const person = people.find(name);
  if (person === undefined)
    throw new Error(`${people.explainMissing(name)}; of somebody who is gone, give the id`);
  return person.id;
}

async function namesOf(
  entries: readonly KeptAuditEntry[],
  contacts: Contacts,
): Promise<ReadonlyMap<string, string>> {
  const ids = new Set(entries.flatMap(({ userId }) => (userId === undefined ? [] : [userId])));
  const names = new Map<string, string>();
  for (const id of ids) {
    const [contact] = await contacts.ofUser(id);
    if (contact !== undefined) names.set(id, contact.userName);
  }
  return names;
}
