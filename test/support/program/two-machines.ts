import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { tempFolder } from '../files/temp-folder.ts';
import type { Subject } from '../jellyfin/subject.ts';
import { createFakeSubject } from '../jellyfin/subject.ts';
import { createSmtpInbox, type SmtpInbox } from '../mail/smtp-inbox.ts';
import { makeCertificate } from '../network/certificates.ts';
import { freePort } from '../network/free-port.ts';
import { addContacts } from './gatehouse.ts';
import { type Program, startProgram } from './program.ts';

/** What both machines know of each other. */
export const SERVICE_SECRET = 'f3c1a0b2d4e5968778695a4b3c2d1e0f';

/** Two machines that run one half each, as programs of their own, with https between them. */
export interface TwoMachines {
  readonly subject: Subject;
  readonly inbox: SmtpInbox;
  /** Address people use. */
  readonly url: string;
  start(half: 'injector' | 'reset'): Promise<Program>;
}

/**
 * Sets them up, each with a folder and a config of its own and the secret in a file; all is gone after the running test.
 *
 * @param people Names of the people with an address, besides alice and bob.
 */
export async function setUpTwoMachines(people: readonly string[] = []): Promise<TwoMachines> {
  const users = ['alice', 'bob', ...people].map((name) => ({ name, password: `${name}-pw-1` }));
  const opened = await createFakeSubject({ version: '12.0', users });
  const { fake } = opened;
  if (fake === undefined) throw new Error('this needs the fake');
  const subject = { ...opened, users: users.map((user) => ({ ...user, id: fake.user(user.name).id })) };
  const inbox = await createSmtpInbox();
  onTestFinished(() => Promise.all([subject.close(), inbox.close()]).then(() => undefined));
  const [front, back] = [await tempFolder(), await tempFolder()];
  const [port, servicePort] = [await freePort(), await freePort()];
  const { cert, certFile, keyFile } = makeCertificate();
  const secretFile = join(front, 'secret');
  await writeFile(secretFile, `${SERVICE_SECRET}\n`);
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
reset: { method: link, limits: { requestsPerClientPerHour: 10000 } }
mail: { url: '${inbox.url}', from: Jellyfin <noreply@example.org> }
service: { listen: { port: ${servicePort}, tls: { certFile: '${certFile}', keyFile: '${keyFile}' } } }
`,
  );
  await addContacts(join(back, 'gatehouse.db'), subject);
  const variables = { GATEHOUSE_SERVICE__SECRET_FILE: secretFile };
  return {
    subject,
    inbox,
    url: `http://127.0.0.1:${port}`,
    start: (half) =>
      startProgram(
        ['--only', half, '--config', join(half === 'reset' ? back : front, 'config.yaml')],
        variables,
      ),
  };
}
