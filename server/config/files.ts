import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { dirname, normalize } from 'node:path';
import { systemCode } from '../errors/system-code.ts';

/** Where the configuration is looked for when nobody names a file, in this order. */
export const USUAL_PLACES = ['config.yaml', '/config/config.yaml'] as const;

/** What says which file it is. */
export interface FileChoice {
  /** From `--config`; comes first. */
  readonly configPath?: string | undefined;
  /** `GATEHOUSE_CONFIG` comes second. */
  readonly environment: { readonly [name: string]: string | undefined };
}

/**
 * Finds the configuration file: `--config`, else `GATEHOUSE_CONFIG`, else `./config.yaml`, else `/config/config.yaml`.
 * A file that was named is returned whether it exists or not.
 *
 * @returns undefined when none was named and none is in the usual places.
 */
export function findConfigFile({ configPath, environment }: FileChoice): string | undefined {
  const named = [configPath, environment['GATEHOUSE_CONFIG']].find(
    (path) => path !== undefined && path !== '',
  );
  return named === undefined ? USUAL_PLACES.find((path) => existsSync(path)) : normalize(named);
}

/** The folder that paths in the configuration begin at: that of its file, or of where it would be. */
export function findConfigFolder(choice: FileChoice): string {
  return dirname(findConfigFile(choice) ?? USUAL_PLACES[0]);
}

/** Text of a file, or the sentence that says why there is none. */
export type ReadOutcome = { readonly text: string } | { readonly fault: string };

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist; make it, or name another one with --config',
  ENOTDIR: 'does not exist: a part of its path is not a folder',
  EACCES: 'may not be read by this user; change its owner or mode',
  EPERM: 'may not be read by this user; change its owner or mode',
  ELOOP: 'is a symbolic link that leads in a circle',
};

/**
 * Reads a text file whole. Never throws. A byte order mark is dropped.
 *
 * @param maxBytes A larger file is refused.
 */
export async function readText(path: string, maxBytes: number): Promise<ReadOutcome> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) return { fault: 'is a folder; name the file in it' };
    if (!found.isFile()) return { fault: 'is not a regular file' };
    if (found.size > maxBytes)
      return { fault: `is larger than ${maxBytes / 1024} KiB; is this the right file?` };
    return decode(await readFile(path));
  } catch (error) {
    const code = systemCode(error) ?? 'unknown error';
    return { fault: REASONS[code] ?? `cannot be read (${code})` };
  }
}

function decode(bytes: Buffer): ReadOutcome {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    return { fault: 'is saved as UTF-16; save it as UTF-8' };
  }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { fault: 'is not text in UTF-8; save it as UTF-8' };
  }
}

/** Section of the configuration whose server may have a certificate authority of its own: `<section>.caFile`. */
type AuthoritySection = 'jellyfin' | 'service' | 'mail';

/**
 * Reads the certificate authority that a section names; undefined when it names none.
 *
 * @throws {Error} when it cannot be read, or holds no certificate; names the setting and says what to do.
 */
export async function readAuthority(
  file: string | undefined,
  section: AuthoritySection,
): Promise<string | undefined> {
  if (file === undefined) return undefined;
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    const problem = `${section}.caFile: ${file} cannot be read; is the path right, and may this user read it?`;
    throw new Error(problem, { cause });
  }
  if (text.includes('-----BEGIN CERTIFICATE-----')) return text;
  // Node would take it in silence, and trust nobody.
  throw new Error(
    `${section}.caFile: ${file} holds no certificate in PEM (-----BEGIN CERTIFICATE-----); name the file of the authority, not a key or DER`,
  );
}

/**
 * Says what is wrong with the certificate of a server, and which setting mends it: the end of a sentence after "has".
 *
 * @param code Node's code of the failed connection.
 * @param section The section that names the server.
 * @returns undefined when the code is about something else.
 * Source: Node 24, `tls` and OpenSSL's X509 errors.
 */
export function explainDistrust(code: string, section: AuthoritySection): string | undefined {
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return `a certificate for another name (${code}); write the name it is for into ${section}.url`;
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID')
    return `a certificate that is not valid today (${code}); renew it, or set this machine's clock`;
  if (!/^(?:UNABLE_TO_|CERT_|INVALID_)|SELF_SIGNED/.test(code)) return undefined;
  return `a certificate that is not trusted (${code}); name the file of the authority it comes from in ${section}.caFile`;
}
