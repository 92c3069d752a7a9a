import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { create, extract } from 'tar';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeRelease } from '../../build/release.ts';
import { makeDebian } from '../support/deploy/debootstrap.ts';
import { bootMachine } from '../support/deploy/machine.ts';
import { createFakeSubject } from '../support/jellyfin/subject.ts';
import { freePort } from '../support/network/free-port.ts';

const run = promisify(execFile);

let folder = '';
let debian = '';
let release = '';
let next = '';

/** Another version with the same program. */
async function renamed(file: string, version: string): Promise<string> {
  const tree = await mkdtemp(join(folder, 'next-'));
  await extract({ file, cwd: tree });
  await run('sed', [
    '-i',
    `s/"version": "[^"]*"/"version": "${version}"/`,
    join(tree, 'gatehouse-0.1.0/package.json'),
  ]);
  const made = join(folder, `gatehouse-${version}.tar.gz`);
  await create({ file: made, cwd: tree, gzip: true }, ['gatehouse-0.1.0']);
  return made;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-service-'));
  await run('npm', ['run', '--silent', 'build'], { maxBuffer: 64 * 1024 * 1024 });
  release = await makeRelease(folder);
  next = await renamed(release, '0.1.1');
  debian = join(folder, 'debian');
  await makeDebian(debian, ['systemd', 'systemd-sysv', 'dbus']);
  await cp(release, join(debian, 'root/release.tar.gz'));
  await cp(next, join(debian, 'root/next.tar.gz'));
}, 900_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

it('a release is installed, started, reloaded, upgraded and taken away under a real systemd', {
  timeout: 900_000,
}, async () => {
  const subject = await createFakeSubject({ version: '10.11.11' });
  const url = `http://127.0.0.1:${await freePort()}`;
  const { sh } = await bootMachine(debian);
  const well = async (script: string) => {
    const { code, out } = await sh(script);
    expect({ script, code, out }).toEqual({ script, code: 0, out });
    return out;
  };

  // Unpacked by hand, by a user whose files are nobody else's.
  await well('umask 077; mkdir unpacked; tar xzf release.tar.gz -C unpacked --strip-components=1');
  expect(await well('sh unpacked/install.sh')).toContain('systemctl enable --now gatehouse');
  expect(await well('stat -c "%U %a %n" /var/lib/gatehouse/config.yaml /etc/gatehouse/secrets')).toBe(
    'gatehouse 600 /var/lib/gatehouse/config.yaml\nroot 750 /etc/gatehouse/secrets\n',
  );
  const untouched = await sh('gatehouse check');
  expect(untouched.code).toBe(78);
  expect(untouched.out).toContain('jellyfin.apiKey: is still the placeholder');
  // What cannot be used fails at once, and is not tried again.
  expect((await sh('systemctl start gatehouse')).code).not.toBe(0);
  expect(await well('journalctl -u gatehouse -o cat')).toContain('mail.from');
  expect((await sh('systemctl is-active gatehouse')).out).toBe('failed\n');

  await well(`cat > /var/lib/gatehouse/config.yaml <<'END'
listen: { host: 127.0.0.1, port: ${new URL(url).port} }
public: { url: https://media.example.com }
jellyfin: { url: '${subject.url}' }
reset: { method: link }
mail: { url: smtp://127.0.0.1:9, from: films@example.com }
END
printf %s ${subject.apiKey} > /etc/gatehouse/secrets/GATEHOUSE_JELLYFIN__API_KEY
chgrp gatehouse /etc/gatehouse/secrets/*; chmod 640 /etc/gatehouse/secrets/*
systemctl enable --now gatehouse`);
  // Started means that it answers.
  expect((await fetch(`${url}/System/Info/Public`)).status).toBe(200);
  expect((await fetch(`${url}/gatehouse/account`)).status).toBe(200);
  const pid = await well('systemctl show -P MainPID gatehouse');
  const status = await well(`grep -E "^(Uid|CapEff|NoNewPrivs|Seccomp):" /proc/${pid.trim()}/status`);
  expect(status).toMatch(/CapEff:\s0+\n/);
  expect(status).not.toMatch(/Uid:\s0\s/);
  expect(await well('gatehouse contacts set alice --email alice@example.com')).toBeTruthy();
  expect(await well('find /var/lib/gatehouse ! -user gatehouse')).toBe('');

  // A reload that cannot be says so, and leaves what is in force; one that can is in force.
  await well('cp -p /var/lib/gatehouse/config.yaml good.yaml');
  await well('echo "nonsense: 1" >> /var/lib/gatehouse/config.yaml');
  expect((await sh('systemctl reload gatehouse')).code).not.toBe(0);
  expect(await well('systemctl is-active gatehouse')).toBe('active\n');
  await well('cp good.yaml /var/lib/gatehouse/config.yaml; systemctl reload gatehouse');
  expect(await well('systemctl show -P MainPID gatehouse')).toBe(pid);

  // Again changes nothing but the process; the next version goes into its place.
  expect(await well('sh unpacked/install.sh release.tar.gz')).toContain('0.1.0 runs');
  expect(await well('sh unpacked/install.sh next.tar.gz')).toContain('0.1.1 runs');
  expect(await well('gatehouse --version; ls /opt/gatehouse/releases')).toBe('0.1.1\n0.1.0\n0.1.1\n');
  expect(await well('gatehouse contacts list')).toContain('alice');
  expect((await fetch(`${url}/gatehouse/health/live`)).status).toBe(200);

  // A version that would not take the configuration replaces nothing.
  await well(`mkdir worse; tar xzf next.tar.gz -C worse --strip-components=1
sed -i 's/"version": "[^"]*"/"version": "0.1.2"/' worse/package.json
echo 'process.exit(78)' > worse/bin/gatehouse.mjs`);
  const refused = await sh('sh worse/install.sh');
  expect(refused.code).toBe(1);
  expect(refused.out).toContain('nothing was changed');
  expect(await well('gatehouse --version; systemctl is-active gatehouse')).toBe('0.1.1\nactive\n');
  // One that takes it and does not start is taken back.
  await well(`cat > worse/bin/gatehouse.mjs <<'END'
process.exit(process.argv[2] === 'check' ? 0 : 1);
END`);
  const takenBack = await sh('sh worse/install.sh');
  expect(takenBack.out).toContain('0.1.1 runs again');
  expect((await fetch(`${url}/gatehouse/health/live`)).status).toBe(200);

  expect(await well('sh unpacked/install.sh --uninstall')).toContain('are left');
  expect((await sh('gatehouse --version')).code).toBe(127);
  expect(await well('ls /var/lib/gatehouse')).toContain('gatehouse.db');
  await well(
    'sh unpacked/install.sh release.tar.gz && systemctl start gatehouse && gatehouse contacts list | grep alice',
  );
  await well('sh unpacked/install.sh --uninstall --purge');
  expect(
    await well('ls -d /opt/gatehouse /var/lib/gatehouse /etc/gatehouse /usr/local/bin/gatehouse || true'),
  ).not.toMatch(/^\//m);
  expect((await sh('id gatehouse')).code).toBe(1);
  await subject.close();
});
