import { findContactId, isAccountId } from '../admin/find-user.ts';
import type { NameProblem } from '../admin/reachable-accounts.ts';
import type { People } from '../contacts/people.ts';
import { UseCaseError } from '../errors/use-case-error.ts';
import { oneLine } from '../messages/messages.ts';
import { nameSome } from '../messages/name-some.ts';
import type { CommandContext } from './command-context.ts';

/** Most names that are offered where what was typed begins several. */
const MOST_OFFERED = 5;

/**
 * Completes a name that was typed in part, and says so on standard error. A whole name, and an id, is taken as it is.
 *
 * @returns What use cases take: the name as Jellyfin spells it, or what was typed.
 * @throws {UseCaseError} `user-unknown`: several names begin so.
 * @throws {JellyfinUnreachableError}
 */
export async function completeName(
  typed: string,
  { askForPeople }: Pick<CommandContext, 'askForPeople'>,
): Promise<string> {
  const people = await askForPeople();
  const name = complete(typed, people);
  if (name === undefined) return typed;
  process.stderr.write(`${oneLine(typed)}: ${oneLine(name)} is meant\n`);
  return name;
}

/**
 * The same where a contact may be of somebody who is gone from Jellyfin: a name that a contact has is whole, and is taken while
 * Jellyfin is away, too.
 */
export async function completeKeptName(
  typed: string,
  context: Pick<CommandContext, 'askForPeople' | 'contacts'>,
): Promise<string> {
  const isWhole = isAccountId(typed) || (await findContactId(context.contacts, typed)) !== undefined;
  return isWhole ? typed : await completeName(typed, context);
}

/** Completes several; those of which several users begin so are left out and told. */
export async function completeNames(
  typed: readonly string[],
  context: Pick<CommandContext, 'askForPeople'>,
): Promise<readonly string[]> {
  const names: string[] = [];
  const problems: NameProblem[] = [];
  for (const name of typed) {
    try {
      names.push(await completeName(name, context));
    } catch (error) {
      if (!(error instanceof UseCaseError)) throw error;
      problems.push({ name, error });
    }
  }
  tellProblems(problems);
  return names;
}

/** Names those that were left out, each with what to do. */
export function tellProblems(problems: readonly NameProblem[]): void {
  for (const { name, error } of problems) process.stderr.write(`${oneLine(name)}: ${error.message}\n`);
  if (problems.length > 0) process.exitCode = 1;
}

/** Undefined: nothing to complete. */
function complete(typed: string, { list, find }: People): string | undefined {
  const known = find(typed);
  // A name that is only believed, without an API key, may be the beginning of one that is known.
  if ((known !== undefined && known.isProved !== false) || isAccountId(typed)) return undefined;
  const begin = fold(typed.trim());
  const meant = list.map(({ name }) => name).filter((name) => fold(name).startsWith(begin));
  if (meant.length <= 1 || begin === '') return begin === '' ? undefined : meant[0];
  const offered = meant.toSorted((one, other) => one.localeCompare(other, 'en'));
  throw new UseCaseError(
    'user-unknown',
    `several users begin with "${oneLine(typed)}": ${nameSome(offered.map(oneLine), MOST_OFFERED)}; write more of the name`,
  );
}

function fold(name: string): string {
  return name.normalize('NFKC').toLowerCase();
}
