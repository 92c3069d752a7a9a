import { existsSync, globSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { ensureProgram } from '../runner/debian-program.ts';
import { runProxy, type StartProxy } from './running-proxy.ts';

/** Path of Apache; installs Debian's where that is possible. @throws {Error} that says what to install. */
export function ensureApache(): string {
  return ensureProgram({
    variable: 'APACHE_PATH',
    names: ['apache2'],
    packageName: 'apache2',
    need: 'What docs/reverse-proxy.md says of Apache is tried with the real program',
  });
}

const MODULES = '/etc/apache2';

/** Starts Apache with Debian's modules and those that the text asks for, as `a2enmod` would switch them on. */
export const startApache: StartProxy = (text, certificate) =>
  runProxy(async ({ folder, port, redirectPort }) => {
    const path = ensureApache();
    const ports = certificate === undefined ? [port] : [port, redirectPort];
    const own = text
      .replace('*:80>', `127.0.0.1:${certificate === undefined ? port : redirectPort}>`)
      .replace('*:443>', `127.0.0.1:${port}>`)
      .replace(/SSLCertificateFile .*/, `SSLCertificateFile ${certificate?.certFile}`)
      .replace(/SSLCertificateKeyFile .*/, `SSLCertificateKeyFile ${certificate?.keyFile}`);
    const head = [
      `ServerRoot ${folder}`,
      `DefaultRuntimeDir ${folder}`,
      `PidFile ${folder}/apache.pid`,
      `Mutex file:${folder} default`,
      `ErrorLog ${folder}/error.log`,
      'ServerName 127.0.0.1',
      'User www-data',
      'Group www-data',
      ...ports.map((one) => `Listen 127.0.0.1:${one}`),
      ...modulesOf(text),
    ];
    await mkdir(join(folder, 'run'));
    const file = join(folder, 'apache.conf');
    await writeFile(file, `${head.join('\n')}\n${own}`);
    const variables = { APACHE_RUN_DIR: folder, APACHE_LOG_DIR: folder, APACHE_LOCK_DIR: folder };
    return { path, args: ['-D', 'FOREGROUND', '-f', file], variables };
  });

/** Lines that load Debian's own choice and what stands behind `a2enmod` in the text, with what each of those needs. */
function modulesOf(text: string): string[] {
  const enabled = globSync(`${MODULES}/mods-enabled/*.load`).map((file) => basename(file, '.load'));
  const wanted = new Set(enabled);
  const add = (name: string): void => {
    for (const needed of dependsOf(name)) add(needed);
    wanted.add(name);
  };
  for (const name of /a2enmod (.*)/.exec(text)?.[1]?.split(' ') ?? []) add(name);
  return [...wanted].flatMap((name) => {
    const settings = `${MODULES}/mods-available/${name}.conf`;
    return [
      `Include ${MODULES}/mods-available/${name}.load`,
      ...(existsSync(settings) ? [`Include ${settings}`] : []),
    ];
  });
}

function dependsOf(name: string): string[] {
  const text = readFileSync(`${MODULES}/mods-available/${name}.load`, 'utf8');
  return /^# Depends: (.*)$/m.exec(text)?.[1]?.trim().split(/\s+/) ?? [];
}
