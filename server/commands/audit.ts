import { type ArgsDef, defineCommand } from 'citty';
import { toAuditLine } from '../audit/to-line.ts';
import { findByUserName } from '../jellyfin/name-compare.ts';
import type { Contacts, KeptAuditEntry } from '../ports.ts';
import { atWork, type Workplace } from './contacts-workplace.ts';
import { configOption, refuseStrayArguments } from './options.ts';
import { UsageError, withPlainErrors } from './plain-errors.ts';

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
      await atWork(args.config, async (place) => {
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
async function findId(name: string, { contacts, askForPeople }: Workplace): Promise<string> {
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
