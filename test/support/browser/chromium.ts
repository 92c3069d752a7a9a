import { type Browser, chromium } from 'playwright-core';
import { ensureProgram } from '../runner/debian-program.ts';

/** Quiet, without a sandbox (tests run as root in containers) and without any call of its own to the outside. */
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Path of a Chromium; installs Debian's where that is possible. First the one without a window, which takes a third less of the
 * processor: 8.6 s and not 14.0 for one file of journeys.
 *
 * @throws {Error} that says what to install.
 */
export function ensureChromium(): string {
  return ensureProgram({
    variable: 'CHROMIUM_PATH',
    names: [
      'chromium-headless-shell',
      'chromium',
      'chromium-browser',
      'google-chrome-stable',
      'google-chrome',
    ],
    packageName: 'chromium-headless-shell',
    need: 'The browser journeys need Chromium',
  });
}

/**
 * Starts a headless Chromium; the caller closes it.
 *
 * @param hasScrollbars Whether it shows scroll bars, which are left out where nobody says so.
 * @param more Further arguments.
 */
export async function launchChromium(hasScrollbars = false, more: readonly string[] = []): Promise<Browser> {
  return await chromium.launch({
    executablePath: ensureChromium(),
    headless: true,
    args: [...ARGUMENTS, ...more],
    ignoreDefaultArgs: hasScrollbars ? ['--hide-scrollbars'] : [],
  });
}
