import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { describe, expect, it, onTestFinished } from 'vitest';
import { tempFolder } from '../../support/files/temp-folder.ts';
import { createFakeSubject } from '../../support/jellyfin/subject.ts';
import { makeCertificate } from '../../support/network/certificates.ts';
import { freePort } from '../../support/network/free-port.ts';
import { sendRaw } from '../../support/network/raw-http.ts';
import { startProgram } from '../../support/program/program.ts';

const NAME = 'media.example.org';
const certificate = makeCertificate(NAME);

/** The program, over https of its own or plain; answers what `Strict-Transport-Security` says, if anything. */
async function open(
  isHttps: boolean,
  fields = '',
): Promise<(path: string, lines: readonly string[]) => Promise<string[]>> {
  const subject = await createFakeSubject({ version: '10.11.11' });
  onTestFinished(() => subject.close());
  const port = await freePort();
  const configPath = join(await tempFolder(), 'config.yaml');
  const https = isHttps
    ? `, tls: { certFile: '${certificate.certFile}', keyFile: '${certificate.keyFile}' }`
    : '';
  await writeFile(
    configPath,
    `listen: { host: 127.0.0.1, port: ${port}${https} }
public: { url: 'https://${NAME}'${fields} }
jellyfin: { url: '${subject.url}', apiKey: ${subject.apiKey} }
reset: {}
mail: { url: 'smtp://127.0.0.1:9', from: noreply@example.org }
`,
  );
  await startProgram(['--config', configPath]);
  return async (path, lines) => {
    const text = `GET ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\nConnection: close\r\n\r\n`;
    const raw = isHttps ? await sendEncrypted(port, text) : await sendRaw(port, text, 10_000);
    expect(raw).toMatch(/^HTTP\/1\.1 \d{3} /);
    return [...raw.matchAll(/\r\nStrict-Transport-Security: ([^\r]*)/gi)].map(([, value]) => value ?? '');
  };
}

async function sendEncrypted(port: number, text: string): Promise<string> {
  const socket = connect({ host: '127.0.0.1', port, ca: certificate.cert, servername: 'localhost' });
  let raw = '';
  socket.on('data', (chunk) => {
    raw += chunk.toString('latin1');
  });
  await once(socket, 'secureConnect');
  socket.write(text);
  await once(socket, 'end');
  return raw;
}

const OURS = [
  '/gatehouse/reset',
  '/gatehouse/nowhere',
  '/gatehouse/api/links',
  '/gatehouse/common-passwords.txt',
];

describe('Strict-Transport-Security', { timeout: 60_000 }, () => {
  it('is said once, for a year and for this name only, on what is ours over https of our own', async () => {
    const ask = await open(true);
    for (const path of OURS) {
      for (const host of [NAME, `${NAME}:8443`, NAME.toUpperCase()]) {
        expect([path, await ask(path, [`Host: ${host}`])]).toEqual([path, ['max-age=31536000']]);
      }
      for (const host of ['nas.local', '127.0.0.1', `sub.${NAME}`, `${NAME}.evil.example`, 'example.org']) {
        expect([path, host, await ask(path, [`Host: ${host}`])]).toEqual([path, host, []]);
        // Nor when a stranger claims that the name was another.
        const claim = [`Host: ${host}`, `X-Forwarded-Host: ${NAME}`, `Forwarded: host=${NAME};proto=https`];
        expect([path, host, await ask(path, claim)]).toEqual([path, host, []]);
      }
    }
    expect(await ask('/System/Info/Public', [`Host: ${NAME}`])).toEqual([]);
  });

  it('is not said over plain http, whatever a stranger claims', async () => {
    const ask = await open(false);
    for (const path of OURS) {
      for (const claim of [
        'X: y',
        'X-Forwarded-Proto: https',
        'Forwarded: proto=https',
        'X-Forwarded-Ssl: on',
        'Front-End-Https: on',
      ]) {
        expect([path, claim, await ask(path, [`Host: ${NAME}`, claim])]).toEqual([path, claim, []]);
      }
      expect(await ask(`https://${NAME}${path}`, [`Host: ${NAME}`])).toEqual([]);
    }
  });

  it('is not said when it is switched off', async () => {
    const ask = await open(true, ', hsts: false');
    expect(await ask('/gatehouse/reset', [`Host: ${NAME}`])).toEqual([]);
  });
});
