import { randomInt } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { areaUnderCurve, createAsker, type WAYS } from '../support/measure/timing.ts';
import { type AskingStage, startAskingStage } from '../support/program/asking-stage.ts';

/** How far from a half the area may be. Source: OWASP O2. */
const MOST_OFF = 0.03;

/** Requests of each kind; the area of chance alone then has a deviation of 0.013. */
const SAMPLE = 1_000;

interface Areas {
  /** Of the answers themselves. */
  readonly answer: number;
  /** Of the answers to an unknown name asked for right behind: what went on for the one before might slow it down. */
  readonly echo: number;
}

let networks = 0;

/** Known and unknown names in random order, each kind and the echo over one connection of its own. */
async function measure(stage: AskingStage, way: keyof typeof WAYS): Promise<Areas> {
  const createNext = () => createAsker(stage.url, way, `10.${networks++}`);
  const askers = { known: createNext(), unknown: createNext(), echo: createNext() };
  const times = { known: [] as number[], unknown: [] as number[] };
  const echoes = { known: [] as number[], unknown: [] as number[] };
  for (const asker of Object.values(askers)) for (let n = 0; n < 50; n += 1) await asker.ask('warm-up');
  for (let n = 0; times.known.length < SAMPLE || times.unknown.length < SAMPLE; n += 1) {
    const which = randomInt(2) === 0 ? 'known' : 'unknown';
    const number = String(randomInt(10_000)).padStart(4, '0');
    const name = which === 'known' ? stage.known[randomInt(stage.known.length)] : `nobody${number}`;
    times[which].push((await askers[which].ask(name ?? '')).ms);
    echoes[which].push((await askers.echo.ask(`nobody${String(n).padStart(4, '0')}`)).ms);
  }
  for (const asker of Object.values(askers)) asker.close();
  return {
    answer: areaUnderCurve(times.known, times.unknown),
    echo: areaUnderCurve(echoes.known, echoes.unknown),
  };
}

const isOff = (area: number): boolean => Math.abs(area - 0.5) > MOST_OFF;

/** One sample in fifty is off by chance: then two more are taken, and the middle one of the three counts. */
async function judge(stage: AskingStage, way: keyof typeof WAYS): Promise<void> {
  const samples = [await measure(stage, way)];
  if (samples.some(({ answer, echo }) => isOff(answer) || isOff(echo))) {
    for (let n = 0; n < 2; n += 1) samples.push(await measure(stage, way));
  }
  for (const key of ['answer', 'echo'] as const) {
    const areas = samples.map((sample) => sample[key]).sort();
    process.stdout.write(`AUC, ${way}, ${key}: ${areas.map((area) => area.toFixed(3)).join(' ')}\n`);
    expect(Math.abs((areas[areas.length >> 1] ?? 0) - 0.5)).toBeLessThan(MOST_OFF);
  }
}

describe('known and unknown names cannot be told apart by time', { timeout: 900_000 }, () => {
  it.each([
    ['takes all', 'accept'],
    ['is slow', 'slow'],
    ['hangs', 'hang'],
    ['is down', 'down'],
  ] as const)('while the mail server %s', async (_what, mail) => {
    const stage = await startAskingStage(mail);
    await judge(stage, 'form');
    await judge(stage, 'page');
  });

  it('while Jellyfin is away', async () => {
    const stage = await startAskingStage();
    await stage.jellyfin.setPhase('refused');
    await judge(stage, 'form');
  });

  it('while another program keeps the database busy', async () => {
    const stage = await startAskingStage();
    const db = new DatabaseSync(stage.storagePath, { timeout: 5_000 });
    let isOver = false;
    const busy = (async () => {
      while (!isOver) {
        db.exec('BEGIN IMMEDIATE');
        await sleep(randomInt(5, 20));
        db.exec('COMMIT');
        await sleep(randomInt(5, 20));
      }
    })();
    try {
      await judge(stage, 'form');
    } finally {
      isOver = true;
      await busy;
      db.close();
    }
  });
});
