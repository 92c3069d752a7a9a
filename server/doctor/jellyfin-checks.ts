import { ANCHORS } from '../../injector/jellyfin/anchors.ts';
import { isAtLeast, parseJellyfinVersion } from '../../injector/jellyfin/versions.ts';
import type { Config } from '../config/config.ts';
import type { JellyfinApi } from '../jellyfin/api.ts';
import { JellyfinUnreachableError } from '../jellyfin/errors.ts';
import { REFUSED_FIX } from '../jellyfin/key-state.ts';
import { askKnownProxiesStatus, explainMissing, findOwnAddress } from '../jellyfin/known-proxies.ts';
import type { JellyfinAnswer } from '../jellyfin/send.ts';
import { hides } from './css-rules.ts';
import { type Finding, failed, fine, messageOf, skipped, warning } from './finding.ts';

/** Asks Jellyfin for a page or an anonymous answer. @throws {JellyfinUnreachableError} */
export type Look = (path: string) => Promise<JellyfinAnswer>;

const FORGOT_PASSWORD_BUTTON = ANCHORS.forgotPasswordButton.selector;

const WAIT = 'Wait until it has started, then run doctor again.';

/** What a ready Jellyfin says about itself; undefined while it starts, or when it is something else. */
function readInfo(answer: JellyfinAnswer): { version: string; isWizardDone: boolean } | undefined {
  if (answer.status !== 200) return undefined;
  try {
    const info: unknown = JSON.parse(answer.text);
    if (typeof info !== 'object' || info === null || !('Version' in info)) return undefined;
    const isWizardDone = !('StartupWizardCompleted' in info) || info.StartupWizardCompleted === true;
    return typeof info.Version === 'string' ? { version: info.Version, isWizardDone } : undefined;
  } catch {
    return undefined;
  }
}

/** Checks whether Jellyfin is there, of a version we know, started and set up. */
export async function checkJellyfin(
  look: Look,
  url: string,
): Promise<{ finding: Finding; version?: string }> {
  const name = 'jellyfin';
  try {
    const answer = await look('/System/Info/Public');
    const info = readInfo(answer);
    const isStarting = answer.status === 503 || (answer.status === 200 && /"version"/.test(answer.text));
    if (info === undefined && isStarting)
      return { finding: failed(name, `Jellyfin at ${url} is starting.`, WAIT) };
    if (info === undefined) {
      const says = `What answers at ${url} is not Jellyfin (status ${answer.status}).`;
      return { finding: failed(name, says, 'Correct jellyfin.url; a base path belongs to it.') };
    }
    const { version, isWizardDone } = info;
    const parsed = parseJellyfinVersion(version);
    if (parsed === undefined || !isAtLeast(parsed, 10, 8) || parsed.major > 12) {
      const says = `Jellyfin ${version} is not one that Gatehouse was proved on.`;
      return { finding: failed(name, says, 'Use Jellyfin 10.8 to 12.'), version };
    }
    const health = (await look('/health')).text.trim();
    if (health !== 'Healthy') {
      const says = `Jellyfin ${version} says of itself: ${health.slice(0, 40)}.`;
      return { finding: failed(name, says, 'Look into the log of Jellyfin.'), version };
    }
    if (!isWizardDone) {
      const fix = `Open ${url}/web/index.html and go through it.`;
      return {
        finding: failed(name, `Jellyfin ${version} was never set up: its wizard is open.`, fix),
        version,
      };
    }
    return { finding: fine(name, `Jellyfin ${version} answers at ${url}.`), version };
  } catch (error) {
    const isUntrusted = error instanceof JellyfinUnreachableError && error.isUntrusted;
    const fix = isUntrusted
      ? 'Correct jellyfin.caFile or jellyfin.url, or the certificate of Jellyfin.'
      : 'Start Jellyfin, or correct jellyfin.url.';
    return { finding: failed(name, messageOf(error), fix) };
  }
}

/** Checks whether the key has an administrator's rights, and can do what a reset needs. */
export async function checkKey(api: JellyfinApi | undefined, version: string | undefined): Promise<Finding> {
  const name = 'api-key';
  if (api === undefined)
    return skipped(name, 'No jellyfin.apiKey; only the password reset needs one, or jellyfin.dataFolder.');
  if (version === undefined) return skipped(name, 'Jellyfin must answer first.');
  try {
    await api.devices();
    if (version.startsWith('10.8.') && (await api.isApiKey())) {
      const fix = 'Put the access token of an administrator into jellyfin.apiKey.';
      return failed(name, 'On Jellyfin 10.8 no API key can set a password.', fix);
    }
    return fine(name, 'Jellyfin accepts the API key.');
  } catch (error) {
    return failed(name, messageOf(error), REFUSED_FIX);
  }
}

/** Checks whether Jellyfin believes us who a client is. */
export async function checkKnownProxies(api: JellyfinApi | undefined, url: string): Promise<Finding> {
  const name = 'known-proxies';
  if (api === undefined)
    return skipped(name, 'Whether Jellyfin tells clients apart can only be asked with a jellyfin.apiKey.');
  try {
    if ((await askKnownProxiesStatus(api)) === 'each-client') return fine(name, 'Jellyfin sees each client.');
    const fix = explainMissing(await findOwnAddress(url));
    return failed(name, 'Jellyfin takes every guest for a person on the home network.', fix);
  } catch (error) {
    return skipped(name, `Jellyfin could not be asked: ${messageOf(error)}`);
  }
}

/**
 * Checks whether rules of an administrator hide the Forgot Password button, which leads to the reset: those of Jellyfin's
 * branding, and those in the options of mods. Undefined where there is nothing to say.
 *
 * @param enabledMods Options by name of the mod.
 * Source: BrandingController.GetBrandingCss, 10.8 to 12.0: anonymous, 204 or empty where there is none.
 */
export async function checkBrandingCss(
  look: Look,
  enabledMods: Config['enabledMods'],
): Promise<Finding | undefined> {
  const name = 'branding-css';
  const hidden = (where: string): Finding =>
    warning(
      name,
      `A rule in ${where} hides the Forgot Password button (${FORGOT_PASSWORD_BUTTON}): nobody finds the reset.`,
      `Remove that rule, or set mods.forgot-password.show to hide if it is meant so.`,
    );
  for (const [mod, options] of Object.entries(enabledMods)) {
    const texts = typeof options === 'object' && options !== null ? Object.values(options) : [];
    if (texts.some((text) => typeof text === 'string' && hides(text, FORGOT_PASSWORD_BUTTON)))
      return hidden(`mods.${mod}`);
  }
  try {
    const { status, text } = await look('/Branding/Css');
    return status === 200 && hides(text, FORGOT_PASSWORD_BUTTON)
      ? hidden('Jellyfin, Dashboard, Branding, Custom CSS code,')
      : undefined;
  } catch {
    // That Jellyfin cannot be asked, another finding says.
    return undefined;
  }
}

/** Checks whether Jellyfin serves its web client, and whether our own parts were built. */
export async function checkWebClient(look: Look, areOurPartsThere: boolean): Promise<Finding> {
  const name = 'web-client';
  if (!areOurPartsThere) {
    const fix = 'Run npm run build:web, or install Gatehouse again.';
    return failed(name, 'The browser parts of Gatehouse are missing.', fix);
  }
  try {
    const [page, config] = await Promise.all([look('/web/index.html'), look('/web/config.json')]);
    const isThere = page.status === 200 && /<html/i.test(page.text) && config.status === 200;
    if (isThere) return fine(name, 'Jellyfin serves its web client.');
    const says = `Jellyfin does not serve its web client (status ${page.status} and ${config.status}).`;
    return failed(name, says, 'Install jellyfin-web, and do not start Jellyfin with --nowebclient.');
  } catch (error) {
    return skipped(name, messageOf(error));
  }
}
