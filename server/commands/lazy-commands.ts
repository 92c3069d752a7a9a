import type { Resolvable, SubCommandsDef } from 'citty';

/** A command as citty knows it, whatever its options. */
export type Command = Awaited<Extract<SubCommandsDef[string], Promise<unknown>>>;

/** What citty lets be a value, a promise of it or a function that gives either. */
export async function resolved<T>(value: Resolvable<T>): Promise<T> {
  return typeof value === 'function' ? await (value as () => T | Promise<T>)() : await value;
}

/**
 * A command of which the list of all needs one line: the rest is loaded when it is called, or asked about.
 *
 * @param hidden Whether that list leaves it out, as an old spelling. @default false
 */
export function lazyCommand(
  name: string,
  description: string,
  load: () => Promise<Command>,
  hidden = false,
): Command {
  return {
    meta: { name, description, hidden },
    args: async () => await resolved((await load()).args ?? {}),
    run: async (context) => await (await load()).run?.(context),
  };
}

/** The same of a command that only has others below it. */
export function lazyGroup(name: string, description: string, load: () => Promise<Command>): Command {
  return {
    meta: { name, description },
    subCommands: async () => await resolved((await load()).subCommands ?? {}),
    default: async () => await resolved((await load()).default ?? ''),
  };
}
