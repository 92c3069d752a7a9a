import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DockerfileParser, type Instruction, JSONInstruction, ModifiableInstruction } from 'dockerfile-ast';
import { ROOT } from '../runner/projects.ts';

/** One instruction of a Dockerfile. */
export interface Step {
  /** In capitals. */
  readonly keyword: string;
  /** `--from=build` and the like, by name. */
  readonly flags: Readonly<Record<string, string>>;
  /** What follows, without flags and comments, with lines joined; variables stand as they are. */
  readonly text: string;
  /** The words of it, or the strings of its JSON list. */
  readonly words: readonly string[];
}

/** From one `FROM` to the next. */
export interface Stage {
  /** Behind `AS`; empty for the last. */
  readonly name: string;
  /** As written, with the variables before the first `FROM` filled in. */
  readonly from: string;
  readonly steps: readonly Step[];
  /** Variables before the first `FROM`; a stage has those that an `ARG` of its own names. */
  readonly globals: Readonly<Record<string, string>>;
}

/** Reads `deploy/Dockerfile`. */
export function readDockerfile(): readonly Stage[] {
  const text = readFileSync(join(ROOT, 'deploy/Dockerfile'), 'utf8');
  const stages: { name: string; from: string; steps: Step[]; globals: Record<string, string> }[] = [];
  const before: Record<string, string> = {};
  for (const instruction of DockerfileParser.parse(text).getInstructions()) {
    const step = toStep(instruction);
    const stage = stages.at(-1);
    if (step.keyword === 'FROM') {
      const [from = '', , name = ''] = step.words;
      stages.push({ name, from: fillIn(from, before), steps: [], globals: before });
    } else if (stage === undefined) Object.assign(before, toVariable(step));
    else stage.steps.push(step);
  }
  return stages;
}

/** The variable that an `ARG` declares, with its default where it has one. */
export function toVariable({ words }: Step): Record<string, string> {
  const [name = '', value] = (words[0] ?? '').split(/=(.*)/s);
  return value === undefined ? {} : { [name]: value };
}

/** Puts values in the places of `$NAME` and `${NAME}`; one that is not known is nothing, as for Docker. */
export function fillIn(text: string, variables: Readonly<Record<string, string>>): string {
  return text.replace(/\$(?:\{(\w+)\}|(\w+))/g, (_, braced, plain) => variables[braced ?? plain] ?? '');
}

function toStep(instruction: Instruction): Step {
  const flags =
    instruction instanceof ModifiableInstruction
      ? instruction.getFlags().map((flag): [string, string] => [flag.getName(), flag.getValue() ?? ''])
      : [];
  const text = (instruction.getArgumentsContent() ?? '').replace(/^(?:--\S+\s+)*/, '');
  const listed = instruction instanceof JSONInstruction ? instruction.getJSONStrings() : [];
  const words =
    listed.length > 0
      ? listed.map((word) => JSON.parse(word.getValue()) as string)
      : (text.match(/(?:[^\s"]|"[^"]*")+/g) ?? []).map((word) => word.replaceAll('"', ''));
  return { keyword: instruction.getKeyword(), flags: Object.fromEntries(flags), text, words };
}
