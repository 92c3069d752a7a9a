import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { openStorage } from '../../server/storage/storage.ts';
import { type Aftermath, type Attempt, linksTo, lookAt } from './kill-aftermath.ts';
import { ask, type RedeemingStage, redeem, tokenOf } from './redeeming-stage.ts';
import { until } from './until.ts';

/** How the program is killed. */
export interface Kills {
  readonly kills: number;
  /** How many people ask and redeem at once. */
  readonly atOnce: number;
  /** A round is killed between 0 and so many milliseconds after it began. */
  readonly longestMs: number;
}

/**
 * Starts the program, lets people ask and redeem at once, kills it after a random time, and so on with further people;
 * then starts it once more, lets it end its work, and looks what is there.
 *
 * @param afterwards Called while the last one runs.
 */
export async function killInRounds(
  stage: RedeemingStage,
  { kills, atOnce, longestMs }: Kills,
  afterwards: (aftermath: Aftermath, url: string) => Promise<void>,
): Promise<void> {
  const attempts: Attempt[] = [];
  for (let kill = 0; kill < kills; kill += 1) {
    const { program, url } = await stage.start();
    const names = stage.people.slice(kill * atOnce, (kill + 1) * atOnce);
    const round = { isOver: false };
    const going = names.map((name) => attempt(stage, url, name, round));
    await sleep(Math.random() * longestMs);
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
async function attempt(
  stage: RedeemingStage,
  url: string,
  name: string,
  round: { readonly isOver: boolean },
): Promise<Attempt> {
  const password = `phrase ${randomUUID()}`;
  const isAsked = await ask(url, name);
  await until(() => round.isOver || linksTo(stage, name).length > 0);
  const [message] = linksTo(stage, name);
  if (round.isOver || message === undefined) return { name, password, isAsked, status: undefined };
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
