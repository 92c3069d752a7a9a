import { isDeepStrictEqual } from 'node:util';
import type { Mod } from '../../injector/kit/define-mod.ts';
import type { Finding, Options } from './finding.ts';
import { SAID_BESIDES } from './proposals.ts';

/** Lines for one mod, and what they stand for. */
export interface Entry {
  readonly mod: string;
  /** Options as the file would have them; they pass the mod's own schema. */
  readonly options: Options;
  readonly findings: readonly Finding[];
}

/** What is proposed, and what is left. */
export interface Suggestion {
  /** In the order in which the mods run; several of one mod stand behind one another. */
  readonly entries: readonly Entry[];
  /** What was seen and is no mod's; `advice` says what may be done. */
  readonly leftOver: readonly Finding[];
}

/**
 * Makes lines of what was found: what belongs to one mod becomes one entry where it can be said together, and another entry
 * where it cannot. Whatever a mod would refuse is left over, with the reason.
 */
export function suggestMods(findings: readonly Finding[], mods: readonly Mod[]): Suggestion {
  const leftOver = findings.filter(({ proposal }) => proposal === undefined);
  const entries: Entry[] = [];
  const order = [...mods.map(({ name }) => name)];
  // What gives way comes last, when what it gives way to is known.
  const proposed = findings.filter(({ proposal }) => proposal !== undefined);
  const sorted = [false, true].flatMap((yields) =>
    proposed.filter((one) => (one.proposal?.yields ?? false) === yields),
  );
  for (const finding of sorted) {
    const { proposal } = finding;
    const mod = mods.find(({ name }) => name === proposal?.mod);
    if (proposal === undefined) continue;
    if (mod === undefined) {
      leftOver.push({
        ...finding,
        advice: `The mod for it, ${proposal.mod}, is not in this version of Gatehouse.`,
      });
      continue;
    }
    const fault = faultOf(mod, { ...SAID_BESIDES[mod.name], ...proposal.options });
    if (fault === undefined) add(entries, mod, finding);
    else leftOver.push({ ...finding, advice: `${mod.name} would do it, but ${fault}.` });
  }
  const complete = entries.map((entry) => ({
    ...entry,
    options: { ...SAID_BESIDES[entry.mod], ...entry.options },
  }));
  return {
    entries: complete.sort((one, other) => order.indexOf(one.mod) - order.indexOf(other.mod)),
    leftOver,
  };
}

function add(entries: Entry[], mod: Mod, finding: Finding): void {
  const { options = {}, yields = false } = finding.proposal ?? {};
  const index = entries.findLastIndex((entry) => entry.mod === mod.name);
  const before = entries[index];
  const joined = before === undefined ? undefined : join(before.options, options);
  const fits = joined !== undefined && faultOf(mod, { ...SAID_BESIDES[mod.name], ...joined }) === undefined;
  if (before === undefined || (!fits && !yields))
    entries.push({ mod: mod.name, options, findings: [finding] });
  else
    entries[index] = {
      ...before,
      options: fits ? joined : before.options,
      findings: [...before.findings, finding],
    };
}

/** Both together: lists add up, each entry once; undefined when they say different things. */
function join(one: Options, other: Options): Options | undefined {
  const joined: Record<string, unknown> = { ...one };
  for (const [name, value] of Object.entries(other)) {
    const before = joined[name];
    if (before === undefined) joined[name] = value;
    else if (Array.isArray(before) && Array.isArray(value)) {
      joined[name] = [
        ...before,
        ...value.filter((entry) => !before.some((known) => isDeepStrictEqual(known, entry))),
      ];
    } else if (!isDeepStrictEqual(before, value)) return undefined;
  }
  return joined;
}

/** What a mod says against options, as the end of a sentence; undefined when it takes them. */
function faultOf(mod: Mod, options: Options): string | undefined {
  const issue = mod.options.safeParse(options).error?.issues[0];
  if (issue === undefined) return undefined;
  const name = issue.path.filter((part) => typeof part === 'string').join('.');
  return `${name === '' ? 'it' : name} ${issue.message}`.replace(/\.$/, '');
}
