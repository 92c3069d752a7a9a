/** Between what fourfold work is for a linear reader (4) and for a quadratic one (16). */
export const STEEPEST = 8;

/** Least that is compared, in milliseconds of the processor: below it the clock and the collector are what one sees. */
const LEAST_MS = 20;

const MOST_ROUNDS = 5;

/**
 * The square of 32,000 steps takes longer than this by far, in milliseconds, so that what took no longer is not compared
 * with anything. Nothing fails by it: a machine that is busy takes the longer way.
 */
const QUICK_MS = 50;

/** Milliseconds of the processor that this process spends meanwhile; other programs on the machine do not count. */
async function cpuMs(run: () => unknown, times: number): Promise<number> {
  const before = process.cpuUsage();
  for (let time = 0; time < times; time += 1) await run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/**
 * How many times as long something takes for a size as for a quarter of it, by the time of the processor; 1 for what is
 * too quick to be anything but linear. Each is the best of several rounds, and there are more rounds as long as the answer
 * is over {@link STEEPEST}: whatever disturbs a round only makes it longer.
 *
 * @param size 32,000 or more.
 * @param makeRun Makes what is to be measured, for a size.
 */
export async function cpuGrowth(size: number, makeRun: (size: number) => () => unknown): Promise<number> {
  const large = makeRun(size);
  const beganAt = performance.now();
  await large();
  if (performance.now() - beganAt < QUICK_MS) return 1;
  const small = makeRun(size / 4);
  let times = 1;
  while ((await cpuMs(small, times)) < LEAST_MS && times < 10_000) times *= 2;
  let [smallMs, largeMs] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    smallMs = Math.min(smallMs, await cpuMs(small, times));
    largeMs = Math.min(largeMs, await cpuMs(large, times));
    if (largeMs / smallMs <= STEEPEST) break;
  }
  return largeMs / smallMs;
}

const MEGABYTE = 1024 * 1024;

/** The most that this process grew while something ran, in MB. */
export async function growthWhile(run: () => Promise<unknown>): Promise<number> {
  const before = process.memoryUsage.rss();
  let most = before;
  const look = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss());
  }, 5);
  await run();
  clearInterval(look);
  return (most - before) / MEGABYTE;
}
