import { issueLinks, type RedeemingStage, redeem } from './redeeming-stage.ts';

/** What many redemptions of the same links at once came to. */
export interface ParallelOutcome {
  /** How often each status was answered. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Links that were redeemed once, by the password that is in force. */
  readonly right: number;
  /** Writes of passwords that Jellyfin saw. */
  readonly writes: number;
}

/**
 * Redeems the link of each person many times at once, each time with another password, at several processes.
 *
 * @param options.links How many links are under way at once.
 */
export async function redeemInParallel(
  stage: RedeemingStage,
  urls: readonly string[],
  options: { readonly times: number; readonly links: number },
): Promise<ParallelOutcome> {
  const { jellyfin, people } = stage;
  const tokens = await issueLinks(stage);
  const statuses: Record<string, number> = {};
  let right = 0;

  async function redeemOne(name: string, token: string): Promise<void> {
    const answers = await Promise.all(
      Array.from({ length: options.times }, async (_, n) => {
        const password = `phrase of the try ${n}`;
        return { password, status: await redeem(urls[n % urls.length] ?? '', token, password) };
      }),
    );
    for (const { status } of answers) statuses[String(status)] = (statuses[String(status)] ?? 0) + 1;
    const winners = answers.filter(({ status }) => status === 200);
    if (winners.length === 1 && jellyfin.user(name).password === winners[0]?.password) right += 1;
  }

  for (let first = 0; first < people.length; first += options.links)
    await Promise.all(
      people.slice(first, first + options.links).map((name, n) => redeemOne(name, tokens[first + n] ?? '')),
    );
  const isWrite = ({ method, path }: { method: string; path: string }): boolean =>
    method === 'POST' && /\/Users\/[0-9a-f]{32}\/Password$/.test(path);
  return { statuses, right, writes: jellyfin.journal.filter(isWrite).length };
}
