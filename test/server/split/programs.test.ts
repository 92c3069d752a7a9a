import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { makeCertificate } from '../../support/certificates.ts';
import { createFakeSubject } from '../../support/fake-subject.ts';
import { freePort } from '../../support/free-port.ts';
import { addContacts } from '../../support/gatehouse.ts';
import { type Program, startProgram } from '../../support/program.ts';
import { createSmtpInbox } from '../../support/smtp-inbox.ts';
import { askForm, callApi } from '../../support/split-stage.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const SECRET = 'f3c1a0b2d4e5968778695a4b3c2d1e0f';

/** Two machines: each with a folder and a config of its own, and the secret in a file. */
async function setUp() {
  const subject = await createFakeSubject({ version: '12.0' });
  const inbox = await createSmtpInbox();
  onTestFinished(() => Promise.all([subject.close(), inbox.close()]).then(() => undefined));
  const [front, back] = [await tempFolder(), await tempFolder()];
  const [port, servicePort] = [await freePort(), await freePort()];
  const { cert, certFile, keyFile } = makeCertificate();
  const secretFile = join(front, 'secret');
  await writeFile(secretFile, `${SECRET}\n`);
  await writeFile(join(front, 'ca.pem'), cert);
  await writeFile(
    join(front, 'config.yaml'),
    `listen: { host: 127.0.0.1, port: ${port} }
jellyfin: { url: '${subject.url}' }
reset: { method: link }
service: { url: 'https://127.0.0.1:${servicePort}', caFile: ca.pem }
`,
  );
  await writeFile(
    join(back, 'config.yaml'),
    `public: { url: 'http://127.0.0.1:${port}' }
jellyfin: { url: '${subject.url}', apiKey: ${subject.apiKey} }
reset: { method: link }
mail: { url: '${inbox.url}', from: Jellyfin <noreply@example.org> }
service: { listen: { port: ${servicePort}, tls: { certFile: '${certFile}', keyFile: '${keyFile}' } } }
`,
  );
  await addContacts(join(back, 'gatehouse.db'), subject);
  const variables = { GATEHOUSE_SERVICE__SECRET_FILE: secretFile };
  const start = (half: 'injector' | 'reset'): Promise<Program> =>
    startProgram(
      ['--only', half, '--config', join(half === 'reset' ? back : front, 'config.yaml')],
      variables,
    );
  return { subject, inbox, url: `http://127.0.0.1:${port}`, servicePort, start };
}

describe('the halves as two programs, over https', () => {
  it('serve people, survive each other, and show nobody the secret', { timeout: 120_000 }, async () => {
    const { inbox, subject, url, start } = await setUp();
    // The injector first: what it needs of the other is there when it is there.
    const injector = await start('injector');
    expect((await askForm(url, 'alice')).status).toBe(503);
    const first = await start('reset');
    inbox.refuse('hang');
    expect((await askForm(url, 'alice')).status).toBe(200);
    await first.end('SIGKILL');
    expect((await askForm(url, 'bob')).status).toBe(503);
    expect((await fetch(`${url}/web/index.html`)).status).toBe(200);

    inbox.refuse('accept');
    const second = await start('reset');
    const [message] = await inbox.waitFor(1, 30_000);
    expect(message?.to).toBe('alice@example.org');
    const token = /#([\w-]{43})/.exec(message?.text ?? '')?.[1];
    const password = 'a phrase nobody may log';
    expect((await callApi(url, 'passwords', { token, password })).status).toBe(200);
    expect((await fetch(`${url}/gatehouse/account`)).status).toBe(200);

    const logs = JSON.stringify([injector.lines, first.lines, second.lines]);
    for (const hidden of [SECRET, token ?? '?', password, subject.apiKey, 'alice@example.org']) {
      expect(logs).not.toContain(hidden);
    }
    const events = injector.lines.map(({ event }) => event);
    expect(events.filter((event) => event === 'reset-service-away')).toHaveLength(2);
    expect(events.filter((event) => event === 'reset-service-back')).toHaveLength(2);
    expect(await second.end('SIGTERM')).toBe(0);
    expect(await injector.end('SIGTERM')).toBe(0);
  });
});
