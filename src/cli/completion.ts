/** Completion scripts, made from the command declarations. */
import type { CommandDeclaration } from './command.js';
import type { Flag } from './flags.js';

export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

export function completionScript(shell: Shell, commands: readonly CommandDeclaration[]): string {
  return { bash: bashScript, zsh: zshScript, fish: fishScript }[shell](commands);
}

/** `ocr` -> its flags; `cache` -> its subcommands. */
function topNames(commands: readonly CommandDeclaration[]): string[] {
  return [...new Set(commands.map(({ name }) => name.split(' ')[0] ?? name))];
}

function childNames(commands: readonly CommandDeclaration[], parent: string): string[] {
  return commands.filter(({ name }) => name.startsWith(`${parent} `)).map(({ name }) => name.slice(parent.length + 1));
}

function namesOf(flag: Flag<unknown>): { long: string; short: string | null; takesValue: boolean } {
  const long = /--[a-z0-9-]+/.exec(flag.syntax)?.[0] ?? '';
  const short = /^-([A-Za-z0-9]),/.exec(flag.syntax)?.[1] ?? null;
  return { long, short, takesValue: flag.syntax.includes('<') };
}

function wordsOf({ arguments: args, flags }: CommandDeclaration): string[] {
  const choices = args.flatMap((argument) => argument.choices ?? []);
  return [...choices, ...Object.values(flags).map((flag) => namesOf(flag).long), '--help'];
}

function bashScript(commands: readonly CommandDeclaration[]): string {
  const cases = commands.map((command) => `    '${command.name}') words='${wordsOf(command).join(' ')}' ;;`);
  const parents = topNames(commands).filter((name) => childNames(commands, name).length > 0);
  const parentCases = parents.map((name) => `    '${name}') words='${childNames(commands, name).join(' ')}' ;;`);
  const values = new Map<string, string>();
  for (const { flags } of commands) {
    for (const flag of Object.values(flags)) {
      if (flag.choices) values.set(namesOf(flag).long, flag.choices.join(' '));
    }
  }
  const valueCases = [...values].map(([flag, choices]) => `    ${flag}) words='${choices}' ;;`);
  return `# bash completion for uxd
_uxd() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" words='' name="\${COMP_WORDS[1]}"
  case "$previous" in
${valueCases.join('\n')}
  esac
  if [ -n "$words" ]; then COMPREPLY=($(compgen -W "$words" -- "$current")); return; fi
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W '${topNames(commands).join(' ')} --help --version' -- "$current")); return
  fi
  case "$name" in ${parents.join('|') || "''"}) [ "$COMP_CWORD" -gt 2 ] && name="$name \${COMP_WORDS[2]}" ;; esac
  case "$name" in
${[...cases, ...parentCases].join('\n')}
  esac
  if [[ "$current" == -* || -z "$current" && -n "$words" && "$words" != *--* ]]; then
    COMPREPLY=($(compgen -W "$words" -- "$current"))
  else
    COMPREPLY=($(compgen -W "\${words//--*/}" -- "$current") $(compgen -f -- "$current"))
  fi
}
complete -o filenames -o bashdefault -F _uxd uxd
`;
}

function zshScript(commands: readonly CommandDeclaration[]): string {
  const quote = (text: string): string =>
    text.replaceAll("'", "'\\''").replaceAll('[', '\\[').replaceAll(']', '\\]').replaceAll(':', '\\:');
  const argument = (flag: Flag<unknown>): string => {
    const { long, short, takesValue } = namesOf(flag);
    const names = short ? `'(-${short} ${long})'{-${short},${long}}` : long;
    const value = takesValue ? `:value:${flag.choices ? `(${flag.choices.join(' ')})` : '_files'}` : '';
    return `      ${names}'[${quote(flag.description)}]${value}'`;
  };
  const section = (command: CommandDeclaration): string => {
    const choices = command.arguments.flatMap(({ choices }) => choices ?? []);
    const rest = choices.length > 0 ? `'*:value:(${choices.join(' ')})'` : "'*:file:_files'";
    return `    '${command.name}')\n      _arguments \\\n${[...Object.values(command.flags).map(argument), `      ${rest}`].join(' \\\n')} ;;`;
  };
  const parents = topNames(commands).filter((name) => childNames(commands, name).length > 0);
  const parentSections = parents.map((name) => `    '${name}') compadd ${childNames(commands, name).join(' ')} ;;`);
  return `#compdef uxd
_uxd() {
  local name="$words[2]"
  if (( CURRENT == 2 )); then compadd ${topNames(commands).join(' ')} --help --version; return; fi
  case "$name" in
    ${parents.join('|') || "''"}) if (( CURRENT > 3 )); then name="$name $words[3]"; shift 2 words; (( CURRENT -= 2 )); fi ;;
    *) shift words; (( CURRENT -= 1 )) ;;
  esac
  case "$name" in
${[...commands.map(section), ...parentSections].join('\n')}
  esac
}
if [ "$funcstack[1]" = _uxd ]; then _uxd "$@"; else compdef _uxd uxd; fi
`;
}

function fishScript(commands: readonly CommandDeclaration[]): string {
  const quote = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
  const lines = ['# fish completion for uxd'];
  for (const name of topNames(commands)) {
    const summary = commands.find((command) => command.name === name)?.summary ?? childNames(commands, name).join(', ');
    lines.push(`complete -c uxd -n __fish_use_subcommand -f -a ${name} -d ${quote(summary)}`);
    for (const child of childNames(commands, name)) {
      lines.push(`complete -c uxd -n '__fish_seen_subcommand_from ${name}' -f -a ${child}`);
    }
  }
  for (const command of commands) {
    const condition = `-n '__fish_seen_subcommand_from ${command.name.split(' ').at(-1)}'`;
    for (const flag of Object.values(command.flags)) {
      const { long, short, takesValue } = namesOf(flag);
      const value = flag.choices ? ` -x -a ${quote(flag.choices.join(' '))}` : takesValue ? ' -r' : '';
      lines.push(
        `complete -c uxd ${condition} -l ${long.slice(2)}${short ? ` -s ${short}` : ''}${value} -d ${quote(flag.description)}`,
      );
    }
  }
  return `${lines.join('\n')}\n`;
}
