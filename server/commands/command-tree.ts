import type { ArgsDef, CommandDef } from 'citty';
import { resolved } from './lazy-commands.ts';

/** An option of a command. */
export interface ShownOption {
  /** Without dashes. */
  readonly name: string;
  readonly description: string;
  /** What its value is called; undefined: it is a switch and takes none. */
  readonly value: string | undefined;
}

/** A command as pages and completion show it, with those below it. */
export interface ShownCommand {
  /** What is typed behind `gatehouse`; empty for `gatehouse` itself. */
  readonly words: readonly string[];
  readonly description: string;
  /** An old spelling. */
  readonly isHidden: boolean;
  /** What stands behind the command, such as NAME. */
  readonly word: { readonly name: string; readonly description: string } | undefined;
  readonly options: readonly ShownOption[];
  readonly commands: readonly ShownCommand[];
  /** Whether it does something by itself. */
  readonly isRun: boolean;
}

/** Reads all that a command and those below it say of themselves; loads each. */
export async function readCommandTree(
  command: CommandDef,
  words: readonly string[] = [],
): Promise<ShownCommand> {
  const meta = await resolved(command.meta ?? {});
  const args: ArgsDef = await resolved(command.args ?? {});
  const below = Object.entries((await resolved(command.subCommands ?? {})) ?? {});
  const commands: ShownCommand[] = [];
  for (const [name, one] of below)
    commands.push(await readCommandTree(await resolved(one), [...words, name]));
  const positional = Object.values(args).find(({ type }) => type === 'positional');
  return {
    words,
    description: meta.description ?? '',
    isHidden: meta.hidden === true,
    word: positional && {
      name: hintOf(positional) ?? 'WORD',
      description: positional.description ?? '',
    },
    options: Object.entries(args)
      .filter(([, { type }]) => type !== 'positional')
      .map(([name, option]) => ({
        name,
        description: option.description ?? '',
        value: option.type === 'boolean' ? undefined : (hintOf(option) ?? 'value'),
      })),
    commands,
    isRun: below.length === 0,
  };
}

function hintOf(option: ArgsDef[string]): string | undefined {
  return 'valueHint' in option ? option.valueHint : undefined;
}

/** Those that do something, in their order; old spellings are left out. */
export function listRunnable(command: ShownCommand): readonly ShownCommand[] {
  if (command.isHidden) return [];
  return [...(command.isRun ? [command] : []), ...command.commands.flatMap(listRunnable)];
}
