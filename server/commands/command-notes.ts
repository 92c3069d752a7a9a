/** What the page of commands says of one besides what it says of itself. */
export interface CommandNote {
  /** Lines to type, without `gatehouse`; each is a command line that is taken. */
  readonly examples: readonly string[];
  /** What the exit codes mean that are its own; the others are `COMMON_EXIT_CODES`. */
  readonly exitCodes?: Readonly<Record<number, string>>;
}

/** What an exit code means where the command says nothing else. Source: sysexits.h for 64 and 78. */
export const COMMON_EXIT_CODES: Readonly<Record<number, string>> = {
  0: 'done',
  1: 'it could not be done; standard error says why, and what to do',
  64: 'the command line is wrong',
  78: 'the configuration is wrong; every problem is named',
};

/** By the words of the command. A test sees to it that each command is here, and its examples are taken. */
export const COMMAND_NOTES: Readonly<Record<string, CommandNote>> = {
  audit: { examples: ['audit', 'audit --user anna --limit 20 --json'] },
  backup: { examples: ['backup gatehouse-backup.db'] },
  check: {
    examples: ['check', 'check --offline'],
    exitCodes: { 1: 'a mod does not find what it changes, or a file that it names cannot be fetched' },
  },
  completion: {
    examples: [
      'completion bash > /etc/bash_completion.d/gatehouse',
      'completion zsh > /usr/local/share/zsh/site-functions/_gatehouse',
      'completion fish > ~/.config/fish/completions/gatehouse.fish',
    ],
  },
  'contacts export': { examples: ['contacts export > people.csv', 'contacts export --missing'] },
  'contacts import': {
    examples: ['contacts import', 'contacts import people.csv', 'contacts import people.csv --apply'],
    exitCodes: {
      1: 'some rows were not imported, or would not be; each is named',
      130: 'it was stopped; given again, it goes on',
    },
  },
  'contacts invite': {
    examples: ['contacts invite anna --qr', 'contacts invite --missing --csv'],
    exitCodes: { 1: 'somebody could not be invited; the others were' },
  },
  'contacts list': { examples: ['contacts list', 'contacts list --missing'] },
  'contacts remove': { examples: ['contacts remove anna', 'contacts remove --gone'] },
  'contacts set': { examples: ['contacts set anna --email anna@example.org'] },
  'contacts verify': {
    examples: ['contacts verify anna', 'contacts verify --all --per-hour 50', 'contacts verify --status'],
    exitCodes: { 1: 'somebody could not be asked; the others are' },
  },
  doctor: {
    examples: ['doctor', 'doctor --mail anna@example.org'],
    exitCodes: { 1: 'a check failed; its line says what to do' },
  },
  health: { examples: ['health', 'health --ready'], exitCodes: { 1: 'it does not live, or is not ready' } },
  init: {
    examples: [
      'init',
      'init --jellyfin http://127.0.0.1:8096 --admin anna --admin-password-file secret --yes',
    ],
    exitCodes: { 3: 'it is set up, and something of it does not work yet' },
  },
  'limits clear': { examples: ['limits clear anna'] },
  'limits show': { examples: ['limits show anna', 'limits show anna --json'] },
  'messages dead': { examples: ['messages dead', 'messages dead --json'] },
  'messages list': { examples: ['messages list'] },
  'messages preview': {
    examples: ['messages preview reset-link', 'messages preview reset-link --language de --html mail.html'],
  },
  'messages resend': { examples: ['messages resend 17', 'messages resend --all'] },
  'messages test': {
    examples: ['messages test anna', 'messages test anna --channel email --to anna@example.org'],
    exitCodes: { 1: 'the message was not taken; standard error says why' },
  },
  'mods add': {
    examples: ['mods add ./my-mod', 'mods add https://example.org/my-mod.tgz'],
    exitCodes: { 1: 'it was not added: the answer was no, or it is no mod' },
  },
  'mods list': { examples: ['mods', 'mods list'] },
  'mods new': { examples: ['mods new my-mod'] },
  'mods suggest': { examples: ['mods suggest', 'mods suggest --json'] },
  'mods update': { examples: ['mods update'] },
  nginx: {
    examples: ['nginx --server-name media.example.org', 'nginx --check /etc/nginx/sites-enabled/jellyfin'],
    exitCodes: { 1: 'with --check: the file lacks something' },
  },
  rescue: {
    examples: ['rescue --dry-run', 'rescue --user admin'],
    exitCodes: {
      1: 'refused; nothing was changed',
      2: 'you did not say yes',
      3: 'done in part, or tried in vain: what is left is said, and running it again is safe',
    },
  },
  'reset link': { examples: ['reset link anna', 'reset link anna --qr'] },
  'reset pin-file': {
    examples: ['reset pin-file admin'],
    exitCodes: { 1: 'Jellyfin wrote no PIN; standard error says why, and how to get one by hand' },
  },
  'reset send': { examples: ['reset send anna'] },
  restore: { examples: ['restore gatehouse-backup.db'] },
  'reverse-proxy': { examples: ['reverse-proxy caddy --server-name media.example.org'] },
  schema: { examples: ['schema --out config.schema.json'] },
  serve: { examples: ['serve', 'serve --config /etc/gatehouse/config.yaml'] },
  'users disable': { examples: ['users disable anna'] },
  'users enable': { examples: ['users enable anna'] },
  'users list': { examples: ['users list', 'users list --json'] },
  'users show': { examples: ['users show anna'] },
  'users sign-out': {
    examples: ['users sign-out anna'],
    exitCodes: { 1: 'some sessions are left; standard error says why' },
  },
  'users unlock': {
    examples: ['users unlock anna', 'users unlock --all-locked'],
    exitCodes: { 1: 'the account stays closed: an administrator disabled it, or Jellyfin lost the change' },
  },
};
