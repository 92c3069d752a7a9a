import type { ShownCommand } from './command-tree.ts';

/** Shells that commands are completed in. */
export const SHELLS = ['bash', 'zsh', 'fish'] as const;

/** A shell that commands are completed in. */
export type Shell = (typeof SHELLS)[number];

/** What may come behind a command: a word, in words for a person. */
interface Candidate {
  readonly word: string;
  readonly description: string;
}

/** A place in the command line, and what may come there. */
interface Place {
  /** What was typed before, as `gatehouse` words with a blank between; empty at the beginning. */
  readonly path: string;
  readonly candidates: readonly Candidate[];
  /** The options that take a value, whose value is a file or something else that is not ours to say. */
  readonly valued: readonly string[];
}

/** Writes the script that a shell loads; it starts nothing when a command is completed. */
export function writeCompletion(shell: Shell, gatehouse: ShownCommand): string {
  const places = listPlaces(gatehouse);
  return { bash: writeBash, zsh: writeZsh, fish: writeFish }[shell](places);
}

function listPlaces(command: ShownCommand): readonly Place[] {
  const commands = command.commands.filter(({ isHidden }) => !isHidden);
  const place = {
    path: command.words.join(' '),
    candidates: [
      ...commands.map(({ words, description }) => ({ word: words.at(-1) ?? '', description })),
      ...command.options.map(({ name, description }) => ({ word: `--${name}`, description })),
      { word: '--help', description: 'Say how it is used.' },
    ],
    valued: command.options.filter(({ value }) => value !== undefined).map(({ name }) => `--${name}`),
  };
  return [place, ...commands.flatMap(listPlaces)];
}

/** Finds out behind which command the word stands that is completed: `way`. `path` is a name of zsh's own. */
const findWay = (places: readonly Place[]) => `  local way="" word
  for word in "\${typed[@]}"; do
    case "\${way:+$way }$word" in
      ${knownPaths(places)}) way="\${way:+$way }$word" ;;
    esac
  done`;

/** Alternatives of a pattern of `case`. */
function knownPaths(places: readonly Place[]): string {
  return places.flatMap(({ path }) => (path === '' ? [] : [quote(path)])).join('|');
}

function writeBash(places: readonly Place[]): string {
  const rows = places.map(
    ({ path, candidates, valued }) =>
      `    ${quote(path)}) words=${quote(candidates.map(({ word }) => word).join(' '))}; valued=${quote(` ${valued.join(' ')} `)} ;;`,
  );
  return `# Completes gatehouse in bash; made by: gatehouse completion bash
_gatehouse() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" words="" valued=""
  local -a typed=("\${COMP_WORDS[@]:1:COMP_CWORD-1}")
${findWay(places)}
  case "$way" in
${rows.join('\n')}
  esac
  COMPREPLY=()
  # The value of an option is a file, or nothing we know: bash's own completion has it.
  [[ "$valued" == *" $previous "* ]] && return
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
}
complete -o default -F _gatehouse gatehouse
`;
}

function writeZsh(places: readonly Place[]): string {
  const rows = places.map(({ path, candidates, valued }) => {
    const described = candidates.map(({ word, description }) =>
      quote(`${word}:${firstSentence(description)}`),
    );
    return `    ${quote(path)}) words_here=(${described.join(' ')}); valued=${quote(` ${valued.join(' ')} `)} ;;`;
  });
  return `#compdef gatehouse
# Completes gatehouse in zsh; made by: gatehouse completion zsh
_gatehouse() {
  local -a typed words_here
  local valued="" previous="\${words[CURRENT-1]}"
  typed=("\${(@)words[2,CURRENT-1]}")
${findWay(places)}
  case "$way" in
${rows.join('\n')}
  esac
  if [[ "$valued" == *" $previous "* ]]; then
    _files
  else
    _describe 'gatehouse' words_here || _files
  fi
}
if [[ "\${funcstack[1]}" == _gatehouse ]]; then
  _gatehouse "$@"
else
  compdef _gatehouse gatehouse
fi
`;
}

function writeFish(places: readonly Place[]): string {
  const rows = places.flatMap(({ path, candidates, valued }) =>
    candidates.map(({ word, description }) => {
      const what = word.startsWith('--')
        ? `-l ${word.slice(2)}${valued.includes(word) ? ' -r' : ''}`
        : `-f -a ${word}`;
      return `complete -c gatehouse -n ${quote(`__gatehouse_is_at ${quoteInner(path)}`)} ${what} -d ${quote(firstSentence(description))}`;
    }),
  );
  const known = places.flatMap(({ path }) => (path === '' ? [] : [quote(path)])).join(' ');
  return `# Completes gatehouse in fish; made by: gatehouse completion fish
function __gatehouse_is_at
  set -l way
  for word in (commandline -opc)[2..-1]
    set -l longer (string join ' ' $way $word)
    contains -- $longer ${known}; and set way $way $word
  end
  test "$way" = "$argv[1]"
end
${rows.join('\n')}
`;
}

function firstSentence(description: string): string {
  return (/^[^.;:]*/.exec(description)?.[0] ?? description).trim();
}

/** For all three shells: nothing within is special; an apostrophe becomes ’, which fish and sh need not be told of. */
function quote(text: string): string {
  return `'${text.replaceAll("'", '’')}'`;
}

function quoteInner(path: string): string {
  return `"${path}"`;
}
