import semver from 'semver';
import { PROGRAM_VERSION } from '../config/version.ts';
import { type Finding, fine, messageOf, skipped, warning } from './finding.ts';

const NAME = 'newer-version';

/** How long an answer may take, in milliseconds. */
const ANSWER_MS = 10_000;

/** Longest answer that is read, in characters. */
const MAX_CHARACTERS = 1_000_000;

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
    if (answer.status === 404) return skipped(NAME, `There is no release at ${host} yet.`);
    const text = (await answer.text()).slice(0, MAX_CHARACTERS);
    const latest: unknown = answer.ok ? (JSON.parse(text) as { version?: unknown }).version : undefined;
    if (typeof latest !== 'string' || semver.valid(latest) === null)
      return skipped(NAME, `${host} does not say which release is the newest (status ${answer.status}).`);
    if (semver.lte(latest, version)) return fine(NAME, `Gatehouse ${version} is the newest.`);
    return warning(
      NAME,
      `Gatehouse ${version} runs here, and ${latest} is there: what was mended since is missing here.`,
      'Read CHANGELOG.md and docs/upgrade.md, make a backup (gatehouse backup), and update.',
    );
  } catch (error) {
    return skipped(NAME, `${host} could not be asked for the newest release: ${messageOf(error)}`);
  }
}
