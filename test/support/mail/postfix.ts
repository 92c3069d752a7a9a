import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { makeCertificate } from '../network/certificates.ts';
import { freePort } from '../network/free-port.ts';
import { ensureProgram } from '../runner/debian-program.ts';

/** A running Postfix of one's own. */
export interface Postfix {
  readonly port: number;
  /** Folder with its config, for its own programs (MAIL_CONFIG). */
  readonly folder: string;
  /** What it has logged. */
  log(): Promise<string>;
  /** Ends it and removes its folder. */
  close(): Promise<void>;
}

/** Path of Postfix; installs Debian's where that is possible. @throws {Error} that says what to install. */
export function ensurePostfix(): string {
  return ensureProgram({
    variable: 'POSTFIX_PATH',
    names: ['postfix'],
    packageName: 'postfix',
    need: 'Mail is sent through a real mail server, which this test needs',
  });
}

/**
 * Starts a Postfix with its own config, queue and log on a free loopback port. It offers STARTTLS, takes mail of this
 * machine, and passes all of it on to one other server. Only root may start it.
 *
 * @param nextPort Port of that server on 127.0.0.1.
 * @throws {Error} when it does not listen within 20 s.
 */
export async function startPostfix(nextPort: number): Promise<Postfix> {
  const path = ensurePostfix();
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-postfix-'));
  await chmod(folder, 0o755);
  const port = await freePort();
  const { certFile, keyFile } = makeCertificate('mail.example.org');
  const main = {
    compatibility_level: '3.6',
    queue_directory: `${folder}/queue`,
    data_directory: `${folder}/data`,
    maillog_file: `${folder}/mail.log`,
    maillog_file_prefixes: tmpdir(),
    myhostname: 'mail.example.org',
    mydestination: '',
    inet_interfaces: '127.0.0.1',
    inet_protocols: 'ipv4',
    mynetworks: '127.0.0.0/8',
    smtpd_relay_restrictions: 'permit_mynetworks, reject',
    smtpd_tls_security_level: 'may',
    smtpd_tls_loglevel: '1',
    smtpd_tls_cert_file: certFile,
    smtpd_tls_key_file: keyFile,
    smtp_dns_support_level: 'disabled',
    smtp_host_lookup: 'native',
    relayhost: `[127.0.0.1]:${nextPort}`,
  };
  const lines = Object.entries(main).map(([name, value]) => `${name} = ${value}\n`);
  await writeFile(join(folder, 'main.cf'), lines.join(''));
  await writeFile(join(folder, 'master.cf'), masterFile(port));
  for (const name of ['queue', 'data']) await mkdir(join(folder, name));
  execFileSync('chown', ['postfix', join(folder, 'data')]);
  // Makes the queue's folders, with the owners Postfix wants.
  execFileSync(path, ['-c', folder, 'check'], { stdio: 'pipe' });
  const master = join(
    execFileSync(path.replace(/postfix$/, 'postconf'), ['-h', 'daemon_directory'])
      .toString()
      .trim(),
    'master',
  );
  const child = spawn(master, ['-c', folder, '-d'], { stdio: 'ignore' });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const log = () => readFile(join(folder, 'mail.log'), 'utf8').catch(() => '');
  await untilListening(port, child, log);
  return {
    port,
    folder,
    log,
    async close() {
      child.kill('SIGTERM');
      await gone;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The services that taking mail and passing it on need; none in a chroot. */
function masterFile(port: number): string {
  const services: readonly (readonly [
    name: string,
    type: string,
    wakeup: string,
    limit: string,
    command: string,
  ])[] = [
    [`127.0.0.1:${port}`, 'inet', '-', '-', 'smtpd'],
    ['pickup', 'unix', '60', '1', 'pickup'],
    ['cleanup', 'unix', '-', '0', 'cleanup'],
    ['qmgr', 'unix', '300', '1', 'qmgr'],
    ['tlsmgr', 'unix', '1000?', '1', 'tlsmgr'],
    ['rewrite', 'unix', '-', '-', 'trivial-rewrite'],
    ['bounce', 'unix', '-', '0', 'bounce'],
    ['defer', 'unix', '-', '0', 'bounce'],
    ['trace', 'unix', '-', '0', 'bounce'],
    ['verify', 'unix', '-', '1', 'verify'],
    ['proxymap', 'unix', '-', '-', 'proxymap'],
    ['smtp', 'unix', '-', '-', 'smtp'],
    ['relay', 'unix', '-', '-', 'smtp'],
    ['error', 'unix', '-', '-', 'error'],
    ['retry', 'unix', '-', '-', 'error'],
    ['scache', 'unix', '-', '1', 'scache'],
    ['anvil', 'unix', '-', '1', 'anvil'],
  ];
  const rows = services.map(([name, type, wakeup, limit, command]) => {
    const isPublic = type === 'inet' || ['pickup', 'cleanup', 'qmgr'].includes(name);
    return `${name} ${type} ${isPublic ? 'n' : '-'} - n ${wakeup} ${limit} ${command}\n`;
  });
  return `${rows.join('')}postlog unix-dgram n - n - 1 postlogd\n`;
}

async function untilListening(port: number, child: ChildProcess, log: () => Promise<string>): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    const isThere = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true)).once('error', () => resolve(false));
      socket.once('close', () => resolve(false)).end();
    });
    if (isThere) return;
    if (tries === 200 || child.exitCode !== null) throw new Error(`Postfix did not start: ${await log()}`);
    await wait(100);
  }
}
