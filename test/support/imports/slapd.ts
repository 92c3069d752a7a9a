import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { until } from '../clock/until.ts';
import type { MadeCertificate } from '../network/certificates.ts';
import { freePort, isListening } from '../network/free-port.ts';
import { ensureProgram } from '../runner/debian-program.ts';

/** Where people stand in the directory, and who may read it. */
export const DIRECTORY = {
  base: 'ou=people,dc=example,dc=org',
  user: 'cn=reader,dc=example,dc=org',
  password: 'Räder 1',
} as const;

/** An entry of a person: attributes with their values. */
export type DirectoryPerson = { readonly uid: string } & Readonly<Record<string, string | readonly string[]>>;

/** A real OpenLDAP server with a directory of its own. */
export interface DirectoryServer {
  readonly url: string;
  /** Only with a certificate. */
  readonly tlsUrl: string;
}

/** Path of OpenLDAP's server; installs Debian's where that is possible. @throws {Error} that says what to install. */
export function ensureSlapd(): string {
  return ensureProgram({
    variable: 'SLAPD_PATH',
    names: ['slapd'],
    packageName: 'slapd',
    need: 'Imports from LDAP are tried with a real directory',
  });
}

/** Starts one with these people; it ends with the running test. It gives no more than 500 entries in one answer, as many do. */
export async function startSlapd(
  people: readonly DirectoryPerson[],
  certificate?: MadeCertificate,
): Promise<DirectoryServer> {
  const program = ensureSlapd();
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-slapd-'));
  const [config, data] = [join(folder, 'slapd.conf'), join(folder, 'data')];
  await mkdir(data);
  await writeFile(config, configurationText(folder, data, certificate), { mode: 0o600 });
  await writeFile(join(folder, 'people.ldif'), toLdif(people));
  const slapadd = [program, ['-T', 'add', '-q', '-f', config, '-l', join(folder, 'people.ldif')]] as const;
  execFileSync(...slapadd, { stdio: 'pipe' });
  const [port, tlsPort] = [await freePort(), await freePort()];
  const [url, tlsUrl] = [`ldap://127.0.0.1:${port}`, `ldaps://127.0.0.1:${tlsPort}`];
  const urls = certificate === undefined ? `${url}/` : `${url}/ ${tlsUrl}/`;
  const child = spawn(program, ['-f', config, '-h', urls, '-d', '0'], { stdio: 'ignore' });
  onTestFinished(async () => {
    const gone = once(child, 'exit');
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM');
      await gone;
    }
    await rm(folder, { recursive: true, force: true });
  });
  await until(() => isListening(port));
  return { url, tlsUrl };
}

function configurationText(folder: string, data: string, certificate: MadeCertificate | undefined): string {
  const schema = '/etc/ldap/schema';
  return `${['core', 'cosine', 'inetorgperson'].map((name) => `include ${schema}/${name}.schema`).join('\n')}
modulepath ${process.env['SLAPD_MODULES'] ?? '/usr/lib/ldap'}
moduleload back_mdb
pidfile ${join(folder, 'slapd.pid')}
sizelimit size.soft=500 size.hard=500 size.prtotal=unlimited
disallow bind_anon
require authc
${certificate === undefined ? '' : `TLSCertificateFile ${certificate.certFile}\nTLSCertificateKeyFile ${certificate.keyFile}`}
database mdb
suffix "dc=example,dc=org"
directory ${data}
maxsize 104857600
index objectClass eq
access to attrs=userPassword by anonymous auth by * none
access to * by users read
`;
}

function toLdif(people: readonly DirectoryPerson[]): string {
  const entry = (lines: readonly (readonly [string, string])[]): string =>
    lines.map(([name, value]) => `${name}:: ${Buffer.from(value).toString('base64')}\n`).join('');
  const { base, user, password } = DIRECTORY;
  return [
    entry([
      ['dn', 'dc=example,dc=org'],
      ['objectClass', 'dcObject'],
      ['objectClass', 'organization'],
      ['o', 'Example'],
    ]),
    entry([
      ['dn', base],
      ['objectClass', 'organizationalUnit'],
      ['ou', 'people'],
    ]),
    entry([
      ['dn', user],
      ['objectClass', 'organizationalRole'],
      ['objectClass', 'simpleSecurityObject'],
      ['cn', 'reader'],
      ['userPassword', password],
    ]),
    ...people.map((person) =>
      entry([
        ['dn', `uid=${person.uid.replaceAll(',', '\\2c')},${base}`],
        ['objectClass', 'inetOrgPerson'],
        ...(['cn', 'sn'] as const).map((name) => [name, person.uid] as const),
        ...Object.entries(person).flatMap(([name, values]) =>
          [values].flat().map((value) => [name, value] as const),
        ),
      ]),
    ),
  ].join('\n');
}
