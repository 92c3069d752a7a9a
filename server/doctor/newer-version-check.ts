import semver from 'semver';
import { PROGRAM_VERSION } from '../config/version.ts';
import { type Finding, fine, messageOf, skipped, warning } from './finding.ts';
import { readStart } from './read-start.ts';

const NAME = 'newer-version';

/** How long an answer may take, in milliseconds. */
const ANSWER_MS = 10_000;

/** Longest answer that is read, in bytes; one about a release has some thousand. */
const MAX_ANSWER = 1024 * 1024;

const CANNOT_TELL = 'It cannot be told whether there is a newer Gatehouse:';

/** What to do where nobody tells it. */
const LOOK = `Look where this Gatehouse came from (the repository, or the page of the image) whether its CHANGELOG.md begins with something newer than ${PROGRAM_VERSION}.`;

/** Where releases are told of. Source: npm's registry API, "GET /{package}/latest". */
const LATEST = 'https://registry.npmjs.org/jellyfin-gatehouse/latest';

/**
 * Asks npm's registry for the newest release. It learns the address of this machine thereby, so this is done on request only.
 * Never rejects.
 *
 * @param about.address,about.version For tests.
 */
export async function checkNewerVersion({
  address = LATEST,
  version = PROGRAM_VERSION,
}: {
  readonly address?: string;
  readonly version?: string;
} = {}): Promise<Finding> {
  const { host } = new URL(address);
  try {
    const answer = await fetch(address, { redirect: 'manual', signal: AbortSignal.timeout(ANSWER_MS) });
    if (answer.status === 404) {
      await answer.body?.cancel();
      return skipped(NAME, `${CANNOT_TELL} jellyfin-gatehouse is not published at ${host}.`, LOOK);
    }
    const text = await readStart(answer, MAX_ANSWER);
    const latest: unknown = answer.ok ? (JSON.parse(text) as { version?: unknown }).version : undefined;
    if (typeof latest !== 'string' || semver.valid(latest) === null)
      return skipped(NAME, `${CANNOT_TELL} ${host} does not say (status ${answer.status}).`, LOOK);
    if (semver.lte(latest, version)) return fine(NAME, `Gatehouse ${version} is the newest.`);
    return warning(
      NAME,
      `Gatehouse ${version} runs here, and ${latest} is there: what was mended since is missing here.`,
      'Read CHANGELOG.md and docs/upgrade.md, make a backup (gatehouse backup), and update.',
    );
  } catch (error) {
    return skipped(NAME, `${CANNOT_TELL} ${host} could not be asked (${messageOf(error)}).`, LOOK);
  }
}
