import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureProgram } from '../runner/debian-program.ts';
import { runProxy, type StartProxy } from './running-proxy.ts';

/** Path of Caddy; installs Debian's where that is possible. @throws {Error} that says what to install. */
export function ensureCaddy(): string {
  return ensureProgram({
    variable: 'CADDY_PATH',
    names: ['caddy'],
    packageName: 'caddy',
    need: 'What docs/reverse-proxy.md says of Caddy is tried with the real program',
  });
}

/** Starts Caddy; ports and addresses are global options, so that the text stays as it is but for the certificate. */
export const startCaddy: StartProxy = (text, certificate) =>
  runProxy(async ({ folder, port, redirectPort }) => {
    const file = join(folder, 'Caddyfile');
    const [httpPort, httpsPort] = certificate === undefined ? [port, redirectPort] : [redirectPort, port];
    const options = [
      'admin off',
      'skip_install_trust',
      'default_bind 127.0.0.1',
      `http_port ${httpPort}`,
      `https_port ${httpsPort}`,
      `storage file_system ${folder}`,
    ];
    const own =
      certificate === undefined
        ? text
        : text.replace(/# tls .*/, `tls ${certificate.certFile} ${certificate.keyFile}`);
    await writeFile(file, `{\n${options.map((line) => `\t${line}\n`).join('')}}\n${own}`);
    return { path: ensureCaddy(), args: ['run', '--config', file], variables: { HOME: folder } };
  });
