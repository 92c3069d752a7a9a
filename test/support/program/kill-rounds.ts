import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { openStorage } from '../../../server/storage/open-storage.ts';
import { until } from '../clock/until.ts';
import { type Aftermath, type Attempt, linksTo, lookAt } from './kill-aftermath.ts';
import { ask, type RedeemingStage, redeem, tokenOf } from './redeeming-stage.ts';

/** How the program is killed. */
export interface Kills {
  readonly kills: number;
  /** How many people ask and redeem at once. */
  readonly atOnce: number;
}

/** How far one round has come. */
interface Round {
  isOver: boolean;
  /** How many have sent their password. */
  redeeming: number;
}

/**
 * Starts the program, lets people ask and redeem at once, kills it at a random moment, and so on with further people;
 * then starts it once more, lets it end its work, and looks what is there. One round of three is killed while they ask,
 * the others while they redeem. How long each takes on this machine, a first round shows that nobody kills.
 *
 * @param afterwards Called while the last one runs.
 */
export async function killInRounds(
  stage: RedeemingStage,
  { kills, atOnce }: Kills,
  afterwards: (aftermath: Aftermath, url: string) => Promise<void>,
): Promise<void> {
  const attempts: Attempt[] = [];
  let askingMs = 0;
  let redeemingMs = 0;
  for (let kill = 0; kill <= kills; kill += 1) {
    const names = stage.people.slice(kill * atOnce, (kill + 1) * atOnce);
    if (names.length === 0) break;
    const { program, url } = await stage.start();
    const round: Round = { isOver: false, redeeming: 0 };
    const beganAt = performance.now();
    const going = names.map((name) => attempt(stage, url, name, round));
    if (kill % 3 !== 1) await until(() => round.redeeming > 0);
    const reachedAt = performance.now();
    if (kill === 0) {
      await Promise.all(going);
      askingMs = reachedAt - beganAt;
      redeemingMs = performance.now() - reachedAt;
    } else await sleep(Math.random() * (kill % 3 === 1 ? askingMs : redeemingMs));
    await program.end('SIGKILL');
    round.isOver = true;
    attempts.push(...(await Promise.all(going)));
  }
  const { program, url } = await stage.start();
  await until(() => hasEnded(stage));
  await afterwards(await lookAt(stage, attempts), url);
  await program.end('SIGTERM');
}

/** A person asks, and redeems the link that comes, as far as the round lets him. */
async function attempt(stage: RedeemingStage, url: string, name: string, round: Round): Promise<Attempt> {
  const password = `phrase ${randomUUID()}`;
  const isAsked = await ask(url, name);
  await until(() => round.isOver || linksTo(stage, name).length > 0);
  const [message] = linksTo(stage, name);
  if (round.isOver || message === undefined) return { name, password, isAsked, status: undefined };
  round.redeeming += 1;
  return { name, password, isAsked, status: await redeem(url, tokenOf(message), password) };
}

/** Whether the outbox has nothing left to do. */
async function hasEnded(stage: RedeemingStage): Promise<boolean> {
  await sleep(100);
  const storage = await openStorage(stage.storage);
  const { waiting } = await storage.outbox.count();
  await storage.close();
  return waiting === 0;
}
