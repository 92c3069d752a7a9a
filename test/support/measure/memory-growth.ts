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
