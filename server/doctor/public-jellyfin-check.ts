import { type Finding, failed, fine, messageOf, skipped } from './finding.ts';
import type { Look } from './jellyfin-checks.ts';
import { readStart } from './read-start.ts';

const NAME = 'public-jellyfin';

/** How long an answer may take, in milliseconds. */
const ANSWER_MS = 5_000;

/** Longest answer that is read, in bytes; Jellyfin's is under 1,000. */
const MAX_ANSWER = 64 * 1024;

/**
 * Asks through `public.url` which Jellyfin people come to, with the base path in it, and whether it is that of `jellyfin.url`.
 * Never rejects.
 *
 * Source: SystemController.GetPublicSystemInfo, 10.8 to 12.0: anonymous; `Id` is made once per server.
 */
export async function checkPublicJellyfin(publicUrl: string, look: Look): Promise<Finding> {
  let own: string | undefined;
  try {
    own = idOf((await look('/System/Info/Public')).text);
  } catch {
    // The finding about Jellyfin says why.
  }
  if (own === undefined) return skipped(NAME, 'Jellyfin must answer at jellyfin.url first.');
  try {
    const answer = await fetch(`${publicUrl}/System/Info/Public`, {
      redirect: 'manual',
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    const id = idOf(await readStart(answer, MAX_ANSWER));
    if (id === own) return fine(NAME, `${publicUrl} leads to the Jellyfin of jellyfin.url.`);
    if (answer.status >= 502 && answer.status <= 504)
      return skipped(NAME, `Whom ${publicUrl} leads to can only be asked while Gatehouse runs.`);
    const says =
      id === undefined
        ? `Jellyfin does not answer below ${publicUrl} (status ${answer.status}): people see an error in place of it.`
        : `${publicUrl} leads to another Jellyfin than jellyfin.url: people sign in there, and passwords are set here.`;
    return failed(NAME, says, FIX);
  } catch (error) {
    return skipped(NAME, `${publicUrl} could not be asked: ${messageOf(error)}`);
  }
}

const FIX =
  'The path of public.url must be the Base URL of Jellyfin (Dashboard, Networking), and jellyfin.url must end in it too; a proxy in front neither adds nor takes a path away, unless public.url says so. Correct the one that differs.';

function idOf(text: string): string | undefined {
  try {
    const info: unknown = JSON.parse(text);
    const id = typeof info === 'object' && info !== null && 'Id' in info ? info.Id : undefined;
    return typeof id === 'string' && id !== '' ? id : undefined;
  } catch {
    return undefined;
  }
}
