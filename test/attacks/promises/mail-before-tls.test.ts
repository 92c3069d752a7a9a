import { createServer, type Socket } from 'node:net';
import { createSecureContext, TLSSocket } from 'node:tls';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createFakeSubject } from '../../support/jellyfin/subject.ts';
import { makeCertificate } from '../../support/network/certificates.ts';
import { createStage } from '../../support/program/gatehouse.ts';
import { ask } from '../../support/program/redeeming-stage.ts';

const USER = 'mailbox@example.org';
const PASSWORD = 'secret-of-the-mailbox';

/** Somebody between us and the mail server, as that server would look then. */
interface Between {
  /** Lines of the answer to EHLO after the first. */
  readonly offers: readonly string[];
  /** What is said to STARTTLS. */
  readonly says?: string;
  /** Whether TLS follows, with a certificate nobody trusts. */
  readonly speaksTls?: boolean;
  /** TLS begins at once, as for smtps. */
  readonly isTlsAtOnce?: boolean;
  /** Says nothing of `mail.requireTls`, and names the server so that it is not taken for one on this machine. */
  readonly isByDefault?: boolean;
}

const secureContext = createSecureContext(makeCertificate('mail.example.org'));

/** Starts it; answers its port and all it heard, in plain and within TLS. */
async function listen({ offers, says = '220 go on', speaksTls = false, isTlsAtOnce = false }: Between) {
  let plain = '';
  let within = '';
  let connections = 0;
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => undefined);
    function encrypt(): void {
      const tls = new TLSSocket(socket, { isServer: true, secureContext });
      tls.on('error', () => undefined);
      tls.on('data', (chunk) => {
        within += chunk.toString('latin1');
        tls.write('250-mail\r\n250 AUTH PLAIN LOGIN\r\n');
      });
    }
    if (isTlsAtOnce) return encrypt();
    socket.write('220 mail.example.org\r\n');
    socket.on('data', (chunk) => {
      const text = chunk.toString('latin1');
      plain += text;
      if (/^STARTTLS/i.test(text)) {
        socket.write(`${says}\r\n`);
        if (!speaksTls) return;
        socket.removeAllListeners('data');
        encrypt();
      } else if (/^EHLO|^HELO/i.test(text)) {
        const lines = ['mail.example.org', ...offers];
        socket.write(lines.map((line, n) => `250${n === lines.length - 1 ? ' ' : '-'}${line}\r\n`).join(''));
      } else if (/^AUTH/i.test(text)) socket.write('235 welcome\r\n');
      else socket.write(/^DATA/i.test(text) ? '354 go on\r\n' : '250 ok\r\n');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { port, plain: () => plain, within: () => within, connections: () => connections };
}

const AUTH = 'AUTH PLAIN LOGIN';

const ATTACKS: readonly (readonly [string, Between])[] = [
  ['takes STARTTLS out of the offers', { offers: [AUTH] }],
  ['offers it in other words', { offers: [AUTH, 'XSTARTTLS', 'STARTTLSX'] }],
  ['does so where the config says nothing', { offers: [AUTH], isByDefault: true }],
  ['refuses it', { offers: [AUTH, 'STARTTLS'], says: '454 TLS not available' }],
  ['answers it with success of another kind', { offers: [AUTH, 'STARTTLS'], says: '250 ok' }],
  ['answers it and speaks no TLS', { offers: [AUTH, 'STARTTLS'] }],
  [
    'answers it and goes on in plain',
    { offers: [AUTH, 'STARTTLS'], says: `220 go on\r\n250-mail\r\n250 ${AUTH}` },
  ],
  ['speaks TLS with a certificate of its own', { offers: [AUTH, 'STARTTLS'], speaksTls: true }],
  ['does so at once, for smtps', { offers: [], isTlsAtOnce: true }],
];

describe('with mail.requireTls nothing of a message or a password is said to somebody in between who', {
  timeout: 60_000,
}, () => {
  it.each(ATTACKS)('%s', async (_what, between) => {
    const subject = await createFakeSubject({ version: '10.11.11' });
    onTestFinished(() => subject.close());
    const stage = await createStage(subject);
    onTestFinished(() => stage.close());
    const mail = await listen(between);
    const login = `${encodeURIComponent(USER)}:${PASSWORD}`;
    const [host, requireTls] =
      between.isByDefault === true ? ['0.0.0.0', ''] : ['127.0.0.1', ', requireTls: true'];
    const scheme = between.isTlsAtOnce === true ? 'smtps' : 'smtp';
    await stage.apply(`listen: { host: 127.0.0.1, port: ${new URL(stage.url).port} }
public: { url: '${stage.url}' }
jellyfin: { url: '${subject.url}', apiKey: ${subject.apiKey} }
reset: { method: link }
mail: { url: '${scheme}://${login}@${host}:${mail.port}', from: noreply@example.org${requireTls} }
storage: ${stage.storagePath}
${stage.house.lines}mods: { forgot-password: { show: check-your-messages } }
`);
    expect(await ask(stage.url, 'alice')).toBe(true);
    // It came, went away, and said so.
    await vi.waitFor(() => expect(stage.log.events()).toContain('message-delayed'), {
      timeout: 40_000,
      interval: 50,
    });
    expect(mail.connections()).toBeGreaterThan(0);
    const lines = mail.plain().split('\r\n').filter(Boolean);
    // Behind the answer to STARTTLS comes the hello of TLS, in bytes that are no command.
    const hello = lines.findIndex((line) => line.startsWith('\x16\x03'));
    const commands = hello < 0 ? lines : lines.slice(0, hello);
    expect(commands.filter((line) => !/^(?:EHLO|HELO) \S+$|^STARTTLS$|^QUIT$/.test(line))).toEqual([]);
    expect(mail.within()).toBe('');
    const secrets = [PASSWORD, USER, Buffer.from(`\0${USER}\0${PASSWORD}`).toString('base64'), 'alice'];
    for (const secret of secrets) expect(mail.plain()).not.toContain(secret);
    expect(stage.log.text()).not.toContain(PASSWORD);
  });
});
