import { defineCommand } from 'citty';
import type { DeadLetter } from '../outbox/outbox-store.ts';
import { atWork } from './contacts-workplace.ts';
import { configOption, refuseStrayArguments } from './options.ts';
import { withPlainErrors } from './plain-errors.ts';

/** Most rows shown; the newest. */
const MOST_SHOWN = 1_000;

/** `gatehouse messages dead`: one line a message that was given up, newest first; changes nothing. */
export const messagesDeadCommand = defineCommand({
  meta: {
    name: 'dead',
    description: 'List what was given up, newest first: id, kind, user, age and reason, with tabs between.',
  },
  args: configOption,
  run: ({ args, rawArgs }) =>
    withPlainErrors(async () => {
      refuseStrayArguments(rawArgs, configOption);
      await atWork(args.config, async ({ outbox }) => {
        const letters = await outbox.listDead(MOST_SHOWN);
        const now = Date.now();
        const lines = letters.map((letter) => `${toLine(letter, now)}\n`);
        process.stdout.write(lines.length === 0 ? 'nothing was given up\n' : lines.join(''));
      });
    }),
});

/** A request that was given up had no account yet, and what was typed is forgotten. */
function toLine({ id, message, endedAt, reason }: DeadLetter, now: number): string {
  const fields = [String(id), message?.kind ?? 'request', message?.userName ?? '-', sayAge(now - endedAt)];
  // A name comes from Jellyfin, a reason from a mail server: neither may move the cursor or begin a line.
  return [...fields, reason ?? '-']
    .map((field) => field.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' '))
    .join('\t');
}

function sayAge(ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / 60_000));
  if (minutes < 60) return `${minutes} min`;
  return minutes < 48 * 60 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 60 / 24)} d`;
}
