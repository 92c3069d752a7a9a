import type { Config } from '../config/config.ts';
import { oneLine } from '../messages/messages.ts';
import { nameSome } from '../messages/name-some.ts';
import { type Finding, fine, warning } from './finding.ts';
import type { Look } from './jellyfin-checks.ts';

const NAME = 'open-routes';

/** Most names that are told. */
const MOST_NAMES = 3;

/** What each part of the guard keeps from guests from outside, by its option. */
const GUARDED = {
  lanRoutes:
    'restarting the server, its own password reset and DLNA, while Jellyfin takes guests for people at home',
  wizard: 'the start-up wizard',
  homeOnly:
    'the description of the API, which costs the server much, and the log that is shown during a start',
} as const satisfies Record<keyof Config['guard'], string>;

/**
 * Looks for what Jellyfin tells and lets everybody do without a sign-in that need not be so: parts of the guard that are switched
 * off, figures for Prometheus, and administrators on the sign-in page. Asks nothing that changes or costs anything. Never rejects.
 *
 * Source: UserController.GetPublicUsers (anonymous, with `Policy`), ServerConfiguration.EnableMetrics, 10.8 to 12.0.
 */
export async function checkOpenRoutes(guard: Config['guard'], look: Look): Promise<Finding[]> {
  const off = Object.entries(GUARDED)
    .filter(([option]) => !guard[option as keyof Config['guard']])
    .map(([option, what]) =>
      warning(
        NAME,
        `Guests from outside may reach ${what}: guard.${option} is off.`,
        `Remove guard.${option} from the configuration, unless something else in front refuses them.`,
      ),
    );
  const found = [...off, await lookForMetrics(look), await lookForAdministrators(look)].filter(
    (finding) => finding !== undefined,
  );
  return found.length > 0
    ? found
    : [fine(NAME, 'Jellyfin tells strangers no more than its sign-in page needs.')];
}

async function lookForMetrics(look: Look): Promise<Finding | undefined> {
  const answer = await look('/metrics').catch(() => undefined);
  if (answer?.status !== 200 || !/^# (?:HELP|TYPE) /m.test(answer.text)) return undefined;
  return warning(
    NAME,
    'Jellyfin shows its figures (/metrics) to everybody: strangers see how it is used, and when nobody is there.',
    'Set EnableMetrics to false in system.xml of Jellyfin and restart it, or let the proxy in front refuse /metrics.',
  );
}

async function lookForAdministrators(look: Look): Promise<Finding | undefined> {
  const answer = await look('/Users/Public').catch(() => undefined);
  const names = answer?.status === 200 ? administratorsIn(answer.text) : [];
  if (names.length === 0) return undefined;
  return warning(
    NAME,
    `Jellyfin shows strangers on its sign-in page who is an administrator (${nameSome(names, MOST_NAMES)}): theirs are the passwords to be guessed.`,
    'In Jellyfin, open Dashboard, Users, that user, and tick “Hide this user from login screens”.',
  );
}

function administratorsIn(text: string): string[] {
  try {
    const users: unknown = JSON.parse(text);
    return (Array.isArray(users) ? users : []).flatMap((user: unknown) => {
      const { Name, Policy } = (user ?? {}) as { Name?: unknown; Policy?: { IsAdministrator?: unknown } };
      return Policy?.IsAdministrator === true && typeof Name === 'string' ? [oneLine(Name)] : [];
    });
  } catch {
    return [];
  }
}
