import type { Logger } from '../log/log.ts';
import type { SetPasswordOutcome } from '../ports/accounts.ts';
import { backUp } from './back-up.ts';
import { letInByApi } from './by-api.ts';
import { setByPin } from './by-pin.ts';
import { planChanges } from './changes.ts';
import { type DatabaseFile, examineFile } from './database-file.ts';
import { holdKey } from './hold-key.ts';
import { KEY_NAME } from './key-row.ts';
import { isAnswering, readContent, type Surroundings } from './look-around.ts';
import { hashPassword } from './password-hash.ts';
import { findPerson, readPeople } from './people.ts';
import { RescueRefusal } from './refusal.ts';
import { type RescueReport, reportOf } from './report.ts';
import { seeServer } from './server-state.ts';
import { runCommand, stopServer } from './stop-server.ts';
import { writeDatabase } from './write-database.ts';

/** What is to be done. */
export interface RescueOrder {
  readonly at: Surroundings;
  /** As the administrator names the account, or as the database does. */
  readonly name: string;
  readonly password: string;
  readonly makesAdministrator: boolean;
  readonly backupFolder: string | undefined;
  readonly stopCommand: string | undefined;
  readonly startCommand: string | undefined;
  readonly now: Date;
  readonly log: Logger;
  /** Told of each step before it is begun. */
  readonly tell: (step: string) => void;
}

/**
 * Does what was planned.
 *
 * @throws {RescueRefusal} when nothing was changed.
 */
export async function carryOut(order: RescueOrder): Promise<RescueReport> {
  switch (order.at.way.way) {
    case 'api':
      return await overApi(order);
    case 'database':
      return await inDatabase(order);
    default:
      return await overPin(order);
  }
}

async function overApi(order: RescueOrder): Promise<RescueReport> {
  const { at, name, tell } = order;
  const { file, content } = at;
  if (file === undefined || content === undefined) throw new TypeError('this way reads the database');
  const person = findPerson(content.people, name);
  tell('making a backup');
  const backup = await backUp({ file, isRunning: true, folder: order.backupFolder, now: order.now });
  tell(`writing the API key "${KEY_NAME}" into the database`);
  const key = await holdKey(file);
  let outcome: SetPasswordOutcome;
  let isGone = false;
  try {
    tell('asking Jellyfin to open the account and to set the password');
    const { schema } = content;
    const { dataFolder } = at;
    outcome = await letInByApi({
      ...order,
      url: at.url,
      name: person.name,
      apiKey: key.token,
      person,
      schema,
      dataFolder,
    });
  } finally {
    tell('removing the API key');
    isGone = await key.release();
    if (!isGone) tell(KEY_LEFT);
  }
  const report = reportOf(outcome, backup);
  return isGone ? report : { ...report, isDone: false, notes: [...report.notes, KEY_LEFT] };
}

const KEY_LEFT = `The API key "${KEY_NAME}" could not be removed; remove it in Jellyfin's dashboard (API Keys), or run gatehouse rescue again.`;

async function overPin(order: RescueOrder): Promise<RescueReport> {
  const { at, password, log, tell } = order;
  const person = at.content === undefined ? undefined : findPerson(at.content.people, order.name);
  const name = person?.name ?? order.name;
  if (person?.isDisabled === true)
    throw new RescueRefusal(
      `${name} is closed, and a PIN file opens no account; take another way than --way pin.`,
    );
  tell('asking Jellyfin for a PIN file, and setting the password with it');
  return reportOf(await setByPin({ url: at.url, name, password, dataFolder: at.dataFolder, log }), undefined);
}

async function inDatabase(order: RescueOrder): Promise<RescueReport> {
  const { at, stopCommand, startCommand, tell } = order;
  if (at.file === undefined) throw new TypeError('this way writes the database');
  if (!at.way.stops) return await write(order, at.file);
  if (stopCommand === undefined) throw new TypeError('this way stops Jellyfin');
  tell(`stopping Jellyfin: ${stopCommand}`);
  let report: RescueReport | undefined;
  let started: number | string = 0;
  try {
    await stopServer(stopCommand, at.file.path, () => isAnswering(at.url));
    report = await write(order, await examineFile(at.file.path));
  } finally {
    tell(
      startCommand === undefined ? 'Jellyfin stays stopped: start it' : `starting Jellyfin: ${startCommand}`,
    );
    if (startCommand !== undefined) started = await runCommand(startCommand);
    if (started !== 0) tell(`${startCommand} ended with ${started}: start Jellyfin yourself`);
  }
  if (started === 0) return report;
  const note = `${startCommand} ended with ${started}; start Jellyfin yourself.`;
  return { ...report, isDone: false, notes: [...report.notes, note] };
}

async function write(order: RescueOrder, file: DatabaseFile): Promise<RescueReport> {
  const { name, makesAdministrator, tell } = order;
  if ((await seeServer(file.path)).kind === 'running')
    throw new RescueRefusal(`${file.path} was opened by somebody meanwhile; stop Jellyfin and try again.`);
  const { schema, people } = await readContent(file, false);
  const { id } = findPerson(people, name);
  tell('making a backup');
  const backup = await backUp({ file, isRunning: false, folder: order.backupFolder, now: order.now });
  tell('writing to the database, all or nothing');
  const hash = await hashPassword(order.password, schema.iterations);
  await writeDatabase(file, (db) => {
    const person = readPeople(db).find((other) => other.id === id);
    return person === undefined ? [] : planChanges(person, hash, makesAdministrator);
  });
  return { isDone: true, isPasswordSet: true, backup, notes: [] };
}
