import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureProgram } from '../runner/debian-program.ts';
import { runProxy, type StartProxy } from './running-proxy.ts';

/** Path of HAProxy; installs Debian's where that is possible. @throws {Error} that says what to install. */
export function ensureHaproxy(): string {
  return ensureProgram({
    variable: 'HAPROXY_PATH',
    names: ['haproxy'],
    packageName: 'haproxy',
    need: 'What docs/reverse-proxy.md says of HAProxy is tried with the real program',
  });
}

/** Starts HAProxy. Debian's `defaults` would set shorter times: the text has to bring its own. */
export const startHaproxy: StartProxy = (text, certificate) =>
  runProxy(async ({ folder, port, redirectPort }) => {
    const file = join(folder, 'haproxy.cfg');
    const pem = join(folder, 'both.pem');
    if (certificate !== undefined) await writeFile(pem, `${certificate.cert}${certificate.key}`);
    const own = text
      .replace(/^ *bind \[::\].*\n/gm, '')
      .replace('bind :80', `bind 127.0.0.1:${certificate === undefined ? port : redirectPort}`)
      .replace('bind :443', `bind 127.0.0.1:${port}`)
      .replace(/ crt \S+/, ` crt ${pem}`);
    const head = `global
    maxconn 500
defaults
    mode http
    timeout connect 5000
    timeout client 50000
    timeout server 50000
`;
    await writeFile(file, `${head}\n${own}`);
    return { path: ensureHaproxy(), args: ['-db', '-f', file] };
  });
