import { readFile } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';
import type { Certificate } from '../../injector/admission/server.ts';
import type { Logger } from '../log/log.ts';

/** `listen.tls`, with absolute paths. */
export interface CertificateFiles {
  readonly certFile: string;
  readonly keyFile: string;
}

/** What keeps the certificate up to date. */
export interface CertificateWatch {
  /** Looks at other files from now on, and at once. Resolves when it has. */
  follow(files: CertificateFiles): Promise<void>;
  /** Idempotent. */
  close(): void;
}

/** How often the two files are read, in milliseconds. They are small, and swapped in ways no watcher sees reliably. */
const LOOK_MS = 10_000;

/**
 * Reads a certificate and its key.
 *
 * @throws {Error} when one cannot be read, or the two do not belong together; says which and the fix.
 */
export async function readCertificate({ certFile, keyFile }: CertificateFiles): Promise<Certificate> {
  const read = async (field: string, file: string): Promise<string> => {
    try {
      return await readFile(file, 'utf8');
    } catch (cause) {
      const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown error';
      throw new Error(
        `listen.tls.${field}: ${file} cannot be read (${code}); is the path right, and may this user read it?`,
        {
          cause,
        },
      );
    }
  };
  const certificate = { cert: await read('certFile', certFile), key: await read('keyFile', keyFile) };
  try {
    // Empty ones, as a copy that is under way has them, are a context without a certificate to OpenSSL.
    if (certificate.cert.trim() === '' || certificate.key.trim() === '') throw new Error('empty');
    createSecureContext(certificate);
  } catch {
    // What OpenSSL says may hold parts of the files.
    throw new Error(
      `listen.tls: ${certFile} and ${keyFile} are no certificate and key that belong together; both must be PEM`,
    );
  }
  return certificate;
}

/**
 * Hands a certificate on whenever the files hold another one that is good: within 10 s, and at once on SIGHUP. A bad
 * one is told once and changes nothing.
 *
 * @param options.apply Puts it into force for connections that come after.
 */
export function watchCertificate(options: {
  readonly files: CertificateFiles;
  readonly inForce: Certificate;
  readonly apply: (certificate: Certificate) => void;
  readonly log: Logger;
  /** @default `process` */
  readonly signals?: Pick<NodeJS.EventEmitter, 'on' | 'off'>;
  /** @default 10,000 */
  readonly lookMs?: number;
}): CertificateWatch {
  const { apply, log, signals = process, lookMs = LOOK_MS } = options;
  let { files, inForce } = options;
  let lastFault = '';

  async function look(): Promise<void> {
    try {
      const found = await readCertificate(files);
      lastFault = '';
      if (found.cert === inForce.cert && found.key === inForce.key) return;
      inForce = found;
      apply(found);
      log.info({ event: 'certificate-renewed' });
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      if (problem !== lastFault)
        log.error({ event: 'certificate-refused', problem }, 'the last good certificate stays in force');
      lastFault = problem;
    }
  }

  const timer = setInterval(() => void look(), lookMs).unref();
  const lookNow = (): void => void look();
  signals.on('SIGHUP', lookNow);
  return {
    follow(next) {
      files = next;
      return look();
    },
    close() {
      clearInterval(timer);
      signals.off('SIGHUP', lookNow);
    },
  };
}
