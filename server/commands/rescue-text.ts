import { oneLine } from '../messages/messages.ts';
import { type Change, NO_HASH_YET, planChanges, writeSql } from '../rescue/changes.ts';
import { KEY_NAME } from '../rescue/key-row.ts';
import type { Surroundings } from '../rescue/look-around.ts';
import type { Person } from '../rescue/people.ts';
import type { RescueReport } from '../rescue/report.ts';

/** Whom a plan is for. */
export interface PlannedFor {
  /** As it was typed where the database may not be read yet. */
  readonly name: string;
  readonly person: Person | undefined;
  readonly makesAdministrator: boolean;
  readonly stopCommand: string | undefined;
  readonly startCommand: string | undefined;
  readonly backupFolder: string | undefined;
}

/** A plan, for people and for `--json`. */
export interface PlanText {
  readonly found: readonly string[];
  readonly willDo: readonly string[];
  readonly willNot: readonly string[];
  /** What is written to the database; empty where it is not touched. */
  readonly sql: readonly string[];
}

/** Says in plain words what was found, and what will be done and what not. */
export function describePlan(at: Surroundings, whom: PlannedFor): PlanText {
  const { way } = at;
  const name = oneLine(whom.name);
  return {
    found: found(at, whom),
    willDo: [...WILL_DO[way.way](at, whom, name)],
    willNot: [
      'touch films, pictures, settings or any other account',
      'send anything anywhere but to this Jellyfin',
      ...(way.way === 'pin' ? PIN_WILL_NOT : []),
    ],
    sql: way.way === 'pin' ? [] : sqlOf(at, whom),
  };
}

const PIN_WILL_NOT = [
  'write to the database',
  'open an account that is closed, by failed sign-ins or by an administrator; its old password would be dead all the same',
];

/** The plan as lines. */
export function writePlan(plan: PlanText, isShowingSql: boolean): string {
  const list = (lines: readonly string[]): string => lines.map((line) => `  - ${line}\n`).join('');
  const sql = plan.sql.map((line) => `  ${line}\n`).join('');
  const shown = isShowingSql && sql !== '' ? `SQL, as it will be run:\n${sql}` : '';
  return `Found:\n${list(plan.found)}This will:\n${list(plan.willDo)}This will not:\n${list(plan.willNot)}${shown}`;
}

function found({ file, install, content, way }: Surroundings, { person }: PlannedFor): string[] {
  return [
    ...(file === undefined ? [] : [`${file.path} (${install}, ${Math.ceil(file.size / 1e6)} MB)`]),
    ...(content === undefined ? [] : [`the tables of Jellyfin ${content.schema.versions}`]),
    ...(person === undefined ? [] : [describePerson(person)]),
    way.because,
  ];
}

function describePerson(person: Person): string {
  const { name, isAdministrator, isDisabled, failures, failuresAllowed } = person;
  const limit = failuresAllowed === undefined ? '' : ` of ${failuresAllowed} that lock it`;
  const state = [
    isAdministrator ? 'an administrator' : 'no administrator',
    isDisabled ? 'closed' : 'open',
    `failed sign-ins: ${failures}${limit}`,
  ];
  return `${oneLine(name)}: ${state.join(', ')}`;
}

type Describe = (at: Surroundings, whom: PlannedFor, name: string) => readonly string[];

function backup({ backupFolder }: PlannedFor): string {
  return `make a backup in ${backupFolder ?? 'the folder of the database'} first, which only the owner of the database can read`;
}

const WILL_DO: Readonly<Record<Surroundings['way']['way'], Describe>> = {
  api: ({ content }, whom, name) => [
    backup(whom),
    `put an API key of a random value, "${KEY_NAME}", into the database, and take it out again at the end`,
    ...(whom.person === undefined ? [] : openings(whom.person, whom.makesAdministrator)),
    content?.schema.mayKeySetPassword === false
      ? `set a new password for ${name} over a PIN file, as Jellyfin 10.8 lets no key do that; this ends all sessions of it`
      : `set a new password for ${name} over Jellyfin's API, which ends all sessions of it, and prove it by a sign-in`,
  ],
  database: ({ way }, whom, name) => [
    ...(way.stops ? [`stop Jellyfin: ${whom.stopCommand}`] : []),
    backup(whom),
    ...changesOf(whom).map(({ says }) => `${plain(says)} (${name})`),
    ...(way.stops && whom.startCommand !== undefined ? [`start Jellyfin again: ${whom.startCommand}`] : []),
  ],
  pin: (_at, _whom, name) => [
    `have Jellyfin write a PIN file for ${name}, as its own Forgot Password does, and redeem it`,
    `set a new password for ${name} with it, which ends all sessions of it, and prove it by a sign-in`,
  ],
};

function openings(person: Person, makesAdministrator: boolean): string[] {
  return changesOf({ person, makesAdministrator })
    .slice(0, -LAST_TWO)
    .map(({ says }) => `${plain(says)} (over the API)`);
}

/** Password and sessions, which Jellyfin itself writes where it is asked over its API. */
const LAST_TWO = 2;

/** Where the database may not be read yet, everything that there may be to change. */
function changesOf({
  person,
  makesAdministrator,
}: Pick<PlannedFor, 'person' | 'makesAdministrator'>): Change[] {
  return planChanges(person ?? ANYBODY, NO_HASH_YET, makesAdministrator);
}

const ANYBODY: Person = {
  id: 'the id of the account',
  name: '',
  isAdministrator: false,
  hasAdministratorRow: true,
  isDisabled: true,
  failures: 0,
  failuresAllowed: undefined,
  provider: 'another provider, if it has one',
  mayEditLyrics: false,
};

function sqlOf({ way }: Surroundings, whom: PlannedFor): string[] {
  if (way.way === 'api')
    return [
      `INSERT INTO ApiKeys (DateCreated, DateLastActivity, Name, AccessToken) VALUES ('now', '0001-01-01 00:00:00', '${KEY_NAME}', 'random');`,
      "DELETE FROM ApiKeys WHERE AccessToken = 'random';",
    ];
  return ['BEGIN IMMEDIATE;', ...changesOf(whom).map((change) => `${plain(writeSql(change))};`), 'COMMIT;'];
}

/** What stands in somebody's database is not to write on a terminal as it likes. */
function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ');
}

/** Says what came of it, and what to do next. */
export function writeReport({ isDone, backup, notes }: RescueReport, name: string, at: Surroundings): string {
  const isStopped = at.way.way === 'database' && !at.way.stops;
  const lines = [
    isDone
      ? `${oneLine(name)} can sign in with the new password.`
      : `Not all of it is done for ${oneLine(name)}:`,
    ...notes,
    ...(backup === undefined
      ? []
      : [
          `What the database was before is ${backup}; it holds password hashes, so delete it once all is well.`,
        ]),
    ...(isDone && isStopped ? ['Start Jellyfin again.'] : []),
    ...(isDone ? [AFTERWARDS] : []),
  ];
  return `${lines.join('\n')}\n`;
}

const AFTERWARDS = 'Sign in now, look through Users in the dashboard, and see who else is an administrator.';
