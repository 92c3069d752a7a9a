import { type Finding, failed, messageOf, warning } from './finding.ts';

/** How long one check may take with all it asks, in milliseconds. */
export const CHECK_MS = 30_000;

/** What a check gives: one finding, several, or none where there is nothing to say. */
export type Outcome = Finding | undefined | readonly (Finding | undefined)[];

/**
 * Runs a check for so long at most, so that one that hangs keeps no other from being told. Never rejects: what a check
 * throws becomes a finding of its name, since the mistake is ours.
 *
 * @param limitMs Default {@link CHECK_MS}.
 */
export async function withinLimit(
  name: string,
  check: () => Outcome | Promise<Outcome>,
  limitMs: number = CHECK_MS,
): Promise<Finding[]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Finding>((resolve) => {
    const says = `It could not be told within ${limitMs / 1000} s.`;
    const fix =
      'Ask again when the machine and its network are less busy; gatehouse doctor --bundle FILE holds what to report.';
    timer = setTimeout(() => resolve(warning(name, says, fix)), limitMs);
  });
  try {
    const found = await Promise.race([Promise.resolve().then(check), late]);
    const all = found === undefined || 'name' in found ? [found] : found;
    return all.filter((finding) => finding !== undefined);
  } catch (error) {
    return [
      failed(
        name,
        `The check itself failed: ${messageOf(error)}`,
        'Report it, with gatehouse doctor --bundle FILE.',
      ),
    ];
  } finally {
    clearTimeout(timer);
  }
}
