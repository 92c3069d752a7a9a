import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A certificate for 127.0.0.1, ::1 and localhost that signs itself, so it is its own authority. */
export interface MadeCertificate {
  readonly certFile: string;
  readonly keyFile: string;
  readonly cert: string;
  readonly key: string;
}

/**
 * Makes one that is good for a day, in a new temporary folder.
 *
 * @param isFor Names and addresses it is for, where they are to be others.
 * @throws {Error} with one sentence when `openssl` is not there.
 */
export function makeCertificate(
  name = 'gatehouse test',
  isFor = 'IP:127.0.0.1,IP:::1,DNS:localhost',
): MadeCertificate {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-cert-'));
  const certFile = join(folder, 'cert.pem');
  const keyFile = join(folder, 'key.pem');
  const what = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1'];
  const whose = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=${isFor}`];
  try {
    execFileSync('openssl', ['req', '-x509', ...what, ...whose, '-keyout', keyFile, '-out', certFile], {
      stdio: 'ignore',
    });
  } catch (cause) {
    throw new Error('The tests of https need openssl: install it (Debian: apt-get install openssl).', {
      cause,
    });
  }
  return { certFile, keyFile, cert: readFileSync(certFile, 'utf8'), key: readFileSync(keyFile, 'utf8') };
}
