import { createHash } from 'node:crypto';
import { open, opendir } from 'node:fs/promises';
import { join } from 'node:path';
import { SHIPPED_PICTURES } from '../../injector/jellyfin/shipped-client.ts';
import * as code from './client-code.ts';
import type { Finding } from './finding.ts';
import { recognisePage, splashOf } from './page.ts';
import { PROPOSE } from './proposals.ts';
import { recogniseConfig, recogniseManifest } from './web-configuration.ts';

/** A folder was named that is no web client. */
export class NoWebFolderError extends Error {
  override readonly name = 'NoWebFolderError';
  readonly code = 'no-web-folder';
}

/** What was found in a folder. */
export interface FolderReading {
  readonly findings: readonly Finding[];
  /** Rules in the page that nothing was recognised in. */
  readonly rest: string;
  /** Files that could not be looked at, each with the reason. */
  readonly notRead: readonly string[];
}

/** Largest file that is read, in bytes; the main script of 10.8 has 1.3 MB. */
const MAX_BYTES = 8 * 1024 * 1024;
/** Most names that are looked at; a client has up to 3,000 files. */
const MAX_NAMES = 20_000;
/** Most files that are read. */
const MAX_FILES = 100;

/** Which files are read, and by what. */
const READERS: readonly (readonly [RegExp, (text: string) => code.Found[]])[] = [
  [/^main[\w.-]*\.bundle\.js$/, code.recogniseMainScript],
  [/^main\.jellyfin[\w.-]*\.css$/, (css) => splashOf(css, '')],
  [/^session-login-index-html\.[\w.]+\.js$/, code.recogniseLoginForm],
  [/^session-login\.[\w.]+\.js$/, code.recogniseLoginScript],
  [/^session-forgotPassword\.[\w.]+\.js$/, code.recogniseForgotPassword],
  [/^en-us-json\.[\w.]+\.js$/, code.recogniseStrings],
  [/^user-playback\.[\w.]+\.js$/, code.recognisePlayback],
  [/^(?:home|movies-movies|shows-tvrecommended)-html\.[\w.]+\.js$/, code.recogniseFrames],
  [/^livetv-livetvsuggested\.[\w.]+\.js$/, code.recogniseLiveTv],
];
const THEMES = ['dark', 'light', 'appletv', 'blueradiance', 'purplehaze', 'wmc'];

/**
 * Looks through a folder with a web client for what was changed in it. Changes nothing, and reads at most 100 files of at most
 * 8 MiB.
 *
 * @throws {NoWebFolderError} when there is no `index.html` in it.
 */
export async function readWebFolder(folder: string): Promise<FolderReading> {
  const notRead: string[] = [];
  let left = MAX_FILES;
  const read = async (name: string): Promise<Buffer | undefined> => {
    if (left-- <= 0) {
      if (left === -1) notRead.push(`${name} and others: more than ${MAX_FILES} files`);
      return undefined;
    }
    const { bytes, fault } = await readWhole(join(folder, name));
    if (fault !== undefined) notRead.push(`${name}: ${fault}`);
    return bytes;
  };
  const names = await namesIn(folder, notRead);
  if (!names.includes('index.html')) {
    throw new NoWebFolderError(
      `${folder} has no index.html; name the folder of the web client, such as /usr/share/jellyfin/web`,
    );
  }
  const html = (await read('index.html'))?.toString() ?? '';
  const page = recognisePage(html);
  const findings: Finding[] = [...page.findings, ...(await readDocuments(html, names, read, notRead))];
  if (/\bpop\.js\b/.test(html) && names.includes('notification.txt')) {
    const text = (await read('notification.txt'))?.toString() ?? '';
    const words = (text.split('|', 2)[1] ?? '').trim().slice(0, 1000);
    const where = 'notification.txt';
    if (words !== '')
      findings.push({ where, what: 'is shown to everybody once', proposal: PROPOSE.announcement(words) });
  }
  for (const name of names) {
    const reader = READERS.find(([pattern]) => pattern.test(name))?.[1];
    const text = reader === undefined ? undefined : (await read(name))?.toString();
    if (text === undefined || reader === undefined) continue;
    findings.push(...reader(text).map((one) => ({ ...one, where: name })));
  }
  for (const theme of names.includes('themes') ? THEMES : []) {
    const where = `themes/${theme}/theme.css`;
    const { bytes } = await readWhole(join(folder, where));
    const found = code.recogniseTheme(bytes?.toString() ?? '');
    findings.push(...found.map((one) => ({ ...one, where })));
  }
  return { findings: [...findings, ...(await readPictures(names, read))], rest: page.rest, notRead };
}

type Read = (name: string) => Promise<Buffer | undefined>;

async function namesIn(folder: string, notRead: string[]): Promise<string[]> {
  const names: string[] = [];
  try {
    for await (const { name } of await opendir(folder)) {
      if (names.length >= MAX_NAMES) {
        notRead.push(`${folder}: more than ${MAX_NAMES} names`);
        break;
      }
      names.push(name);
    }
  } catch (error) {
    throw new NoWebFolderError(
      `${folder} cannot be read (${codeOf(error)}); name the folder of the web client`,
    );
  }
  return names.sort();
}

async function readDocuments(
  html: string,
  names: readonly string[],
  read: Read,
  notRead: string[],
): Promise<Finding[]> {
  // Up to 10.10 the manifest has a hash for a name, which the page says.
  const manifest = /<link rel="manifest" href="([\w.-]+)"/.exec(html)?.[1] ?? 'manifest.json';
  const documents = [
    { name: 'config.json', recognise: recogniseConfig },
    { name: manifest, recognise: (text: string) => recogniseManifest(text, manifest) },
  ];
  const findings: Finding[] = [];
  for (const { name, recognise } of documents.filter((one) => names.includes(one.name))) {
    try {
      const text = (await read(name))?.toString();
      if (text !== undefined) findings.push(...recognise(text));
    } catch {
      notRead.push(`${name}: it is no JSON`);
    }
  }
  return findings;
}

/** Pictures whose names say which bytes they had. */
async function readPictures(names: readonly string[], read: Read): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const where of names) {
    const hash = /(?:^|\.)([0-9a-f]{20})\.(?:png|ico)$/.exec(where)?.[1];
    const shipped = hash === undefined ? undefined : SHIPPED_PICTURES[hash];
    const bytes = shipped === undefined ? undefined : await read(where);
    if (shipped === undefined || bytes === undefined) continue;
    if (createHash('sha256').update(bytes).digest('hex') === shipped.sha256) continue;
    const file = `pictures/${shipped.use}.png`;
    const advice = `Copy the picture (${where}) as PNG to ${file} beside config.yaml.`;
    const isIcon = shipped.use === 'icon';
    const what = isIcon ? 'is another icon' : 'is another logo for the start';
    findings.push({ where, what, proposal: isIcon ? PROPOSE.icons(file) : PROPOSE.splashLogo(file), advice });
  }
  return findings;
}

async function readWhole(path: string): Promise<{ bytes?: Buffer; fault?: string }> {
  try {
    const file = await open(path);
    try {
      const found = await file.stat();
      if (!found.isFile()) return { fault: 'it is no regular file' };
      if (found.size > MAX_BYTES) return { fault: `it is larger than ${MAX_BYTES / 1024 / 1024} MiB` };
      return { bytes: await file.readFile() };
    } finally {
      await file.close();
    }
  } catch (error) {
    return { fault: `it cannot be read (${codeOf(error)})` };
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
