import { type ArgsDef, defineCommand } from 'citty';
import { listAudit, MOST_ENTRIES } from '../admin/list-audit.ts';
import type { KeptAuditEntry } from '../ports/audit.ts';
import { withCommandContext } from './command-context.ts';
import { completeKeptName } from './named-user.ts';
import { configOption, refuseStrayArguments } from './options.ts';
import { UsageError, withPlainErrors } from './plain-errors.ts';

/**
 * Writes an entry for people: time, event, person, address, outcome and details with tabs between; or one JSON object. Always
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

/** Escapes what steers a terminal or begins a line; tabs stay, since they part the fields. */
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
    description: `How many of the newest entries, 1 to ${MOST_ENTRIES}. Default: ${DEFAULT_LIMIT}.`,
  },
  json: { type: 'boolean', description: 'Print one JSON object a line.' },
  ...configOption,
} as const satisfies ArgsDef;

/** `gatehouse audit`: what happened to accounts and to the reset service, oldest of the shown first. Changes nothing. */
export const auditCommand = defineCommand({
  args: options,
  run: ({ args, rawArgs }) =>
    withPlainErrors(async () => {
      refuseStrayArguments(rawArgs, options);
      const limit = readLimit(args.limit);
      await withCommandContext(args.config, async (context) => {
        const user = args.user === undefined ? undefined : await completeKeptName(args.user, context);
        const entries = await listAudit({ limit, user }, context);
        for (const entry of entries.toReversed())
          process.stdout.write(`${toAuditLine(entry, args.json === true)}\n`);
      });
    }),
});

function readLimit(text: string | undefined): number {
  if (text === undefined) return DEFAULT_LIMIT;
  const limit = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (limit < 1 || limit > MOST_ENTRIES)
    throw new UsageError(`--limit must be a number from 1 to ${MOST_ENTRIES}`);
  return limit;
}
