import { stat } from 'node:fs/promises';
import { platform } from 'node:os';
import type { Config } from './config.ts';
import { readText } from './files.ts';
import { MAX_FILE_BYTES } from './load.ts';
import { secretsOf } from './secrets.ts';
import { parseYaml } from './yaml.ts';

/** What everybody may do with a file, in permission bits. Source: POSIX.1-2017, sys/stat.h, S_IROTH. */
const OTHERS_MAY_READ = 0o004;

/** A file that holds secrets and that every user of the machine may read. */
export interface ExposedFile {
  /** Absolute path. */
  readonly file: string;
  /** What it holds, such as `passwords or keys`. */
  readonly holds: string;
}

/**
 * Finds files with secrets that others on this machine may read: the configuration itself, where a secret is written in
 * it, private keys of certificates, and keys and tokens that channels name. Files that variables with `_FILE` name are left out: Docker and Kubernetes give
 * them such rights in containers, where nobody else is. Windows has other rights; nothing is said there. Never throws.
 */
export async function findExposedFiles(config: Config): Promise<ExposedFile[]> {
  if (platform() === 'win32') return [];
  const keys = [config.listen.tls, config.resetListener?.listen.tls].flatMap((tls) =>
    tls === undefined ? [] : [{ file: tls.keyFile, holds: 'the key of the certificate' }],
  );
  const own = (await holdsSecrets(config.file)) ? [{ file: config.file, holds: 'passwords or keys' }] : [];
  const named = secretFilesIn(config.reset?.channels)
    // Where Docker and systemd put secrets.
    .filter((file) => !file.startsWith('/run/'))
    .map((file) => ({ file, holds: 'a key or a token' }));
  const all = [...own, ...keys, ...named];
  const modes = await Promise.all(
    all.map(({ file }) =>
      stat(file).then(
        ({ mode }) => mode,
        () => 0,
      ),
    ),
  );
  return all.filter((_, index) => ((modes[index] ?? 0) & OTHERS_MAY_READ) !== 0);
}

/** Files with secrets that sections of channels name, as `mail.dkim.keyFile`; certificates are none. */
function secretFilesIn(section: unknown): readonly string[] {
  if (typeof section !== 'object' || section === null) return [];
  return Object.entries(section).flatMap(([name, value]: [string, unknown]) => {
    if (typeof value !== 'string') return secretFilesIn(value);
    return /(?:key|token|secret|password)File$/i.test(name) ? [value] : [];
  });
}

async function holdsSecrets(file: string): Promise<boolean> {
  const read = await readText(file, MAX_FILE_BYTES);
  if ('fault' in read) return false;
  const { tree } = parseYaml(read.text, file);
  return tree !== undefined && secretsOf(tree).length > 0;
}

/** Says so, and what to do; `says` goes on where the name of the file ends, so that each reader names it once. */
export function explainExposed({ holds }: Pick<ExposedFile, 'holds'>): { says: string; fix: string } {
  return {
    says: `holds ${holds}, and every user of this machine may read it.`,
    fix: 'Take that right from them (chmod o-r), and let the user Gatehouse runs as own it.',
  };
}
