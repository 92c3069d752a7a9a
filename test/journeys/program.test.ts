import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { WebSocket } from 'ws';
import { tempFolder } from '../support/files/temp-folder.ts';
import { createJellyfinCaller } from '../support/jellyfin/jellyfin-caller.ts';
import type { Subject } from '../support/jellyfin/subject.ts';
import { createFakeSubject } from '../support/jellyfin/subject.ts';
import { createSmtpInbox } from '../support/mail/smtp-inbox.ts';
import { freePort } from '../support/network/free-port.ts';
import { addContacts } from '../support/program/gatehouse.ts';

const MAIN = join(import.meta.dirname, '../../server/main.ts');

interface Program {
  readonly child: ChildProcess;
  readonly lines: Record<string, unknown>[];
  /** Waits for a log line of that event. */
  logged(event: string): Promise<void>;
}

/** Starts the real program on a config file and waits until it listens. */
async function start(configPath: string): Promise<Program> {
  const child = spawn(process.execPath, [MAIN, 'serve', '--config', configPath], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines: Record<string, unknown>[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(JSON.parse(line)));
  const logged = (event: string): Promise<void> =>
    vi.waitFor(() => expect(lines.map((line) => line['event'])).toContain(event), {
      timeout: 15_000,
      interval: 20,
    });
  await logged('listening');
  return { child, lines, logged };
}

async function kill(program: Program, signal: NodeJS.Signals): Promise<number | null> {
  const ended = once(program.child, 'exit') as Promise<[number | null]>;
  program.child.kill(signal);
  return (await ended)[0];
}

/** A config file with everything the reset service needs, and a person with an address. */
async function setUp(
  subject: Subject,
  smtpUrl: string,
): Promise<{ configPath: string; url: string; text: string }> {
  const folder = await tempFolder();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  await addContacts(join(folder, 'gatehouse.db'), subject);
  const configPath = join(folder, 'config.yaml');
  const text = `listen: { host: 127.0.0.1, port: ${port} }
public: { url: '${url}' }
jellyfin: { url: '${subject.url}', apiKey: ${subject.apiKey} }
reset: { method: link }
mail: { url: '${smtpUrl}', from: Jellyfin <noreply@example.org> }
`;
  await writeFile(configPath, text);
  return { configPath, url, text };
}

async function ask(url: string, name: string): Promise<{ status: number; ms: number }> {
  const start = performance.now();
  const answer = await fetch(`${url}/Users/ForgotPassword`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ EnteredUsername: name }),
  });
  await answer.text();
  return { status: answer.status, ms: performance.now() - start };
}

async function openSubject(): Promise<Subject> {
  const subject = await createFakeSubject({ version: '10.11.11' });
  onTestFinished(() => subject.close());
  return subject;
}

describe('the program', () => {
  it('says first which addresses to open, as JSON where nobody reads it on a terminal', async () => {
    const subject = await openSubject();
    const { configPath, url } = await setUp(subject, 'smtp://127.0.0.1:1');
    const program = await start(configPath);
    const [listening] = program.lines.filter(({ event }) => event === 'listening');
    expect(listening?.['msg']).toBe(`open ${url}/web/index.html`);
  });

  it('sends exactly one mail when it is killed between request and mail', async () => {
    const subject = await openSubject();
    const inbox = await createSmtpInbox({ answer: 'hang' });
    onTestFinished(() => inbox.close());
    const { configPath, url } = await setUp(subject, inbox.url);
    const first = await start(configPath);
    expect((await ask(url, 'alice')).status).toBe(200);
    await kill(first, 'SIGKILL');
    inbox.refuse('accept');
    await start(configPath);
    await inbox.waitFor(1, 20_000);
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    expect(inbox.messages.map(({ to }) => to)).toEqual(['alice@example.org']);
  });

  it('answers as fast as ever while the mail server is down, and sends when it is back', async () => {
    const subject = await openSubject();
    const smtpPort = await freePort();
    const { configPath, url } = await setUp(subject, `smtp://127.0.0.1:${smtpPort}`);
    const program = await start(configPath);
    await ask(url, 'warm-up');
    const known = await ask(url, 'alice');
    expect(known.status).toBe(200);
    expect(known.ms).toBeLessThan(5_000);
    await program.logged('message-delayed');
    const inbox = await createSmtpInbox({ port: smtpPort });
    onTestFinished(() => inbox.close());
    const [message] = await inbox.waitFor(1, 25_000);
    const token = /#([\w-]{43})/.exec(message?.text ?? '')?.[1];
    const answer = await fetch(`${url}/gatehouse/api/links`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ token }),
    });
    expect(await answer.json()).toMatchObject({ state: 'open', userName: 'alice' });
  });

  it('reloads on SIGHUP without dropping an open socket, keeps the last good config, and ends on SIGTERM', async () => {
    const subject = await openSubject();
    const inbox = await createSmtpInbox();
    onTestFinished(() => inbox.close());
    const { configPath, url, text } = await setUp(subject, inbox.url);
    const program = await start(configPath);
    const { token } = await createJellyfinCaller(url).signIn('alice', 'alice-pw-1');
    const socket = new WebSocket(`${url.replace('http', 'ws')}/socket?ApiKey=${token}&deviceId=tv`);
    await once(socket, 'message');
    const before = await (await fetch(`${url}/web/index.html`)).text();
    expect(before).not.toContain('Film Night');

    await writeFile(configPath, `${text}mods:\n  page-title: { titel: Film Night }\n`);
    await program.logged('config-refused');
    expect(await (await fetch(`${url}/web/index.html`)).text()).toBe(before);

    await writeFile(configPath, `${text}mods:\n  page-title: { title: Film Night }\n`);
    program.child.kill('SIGHUP');
    await vi.waitFor(
      async () =>
        expect(await (await fetch(`${url}/web/index.html`)).text()).toContain('<title>Film Night</title>'),
      { timeout: 20_000, interval: 50 },
    );
    const echoed = once(socket, 'message');
    socket.send('{"MessageType":"KeepAlive"}');
    expect(String((await echoed)[0])).toContain('KeepAlive');
    expect(await kill(program, 'SIGTERM')).toBe(0);
  });

  it('logs no token, password, key or whole address', async () => {
    const subject = await openSubject();
    const inbox = await createSmtpInbox();
    onTestFinished(() => inbox.close());
    const { configPath, url } = await setUp(subject, inbox.url);
    const program = await start(configPath);
    await ask(url, 'alice');
    const [message] = await inbox.waitFor(1);
    const token = /#([\w-]{43})/.exec(message?.text ?? '')?.[1] ?? '';
    const password = 'a phrase nobody may log';
    for (const body of [
      { token, password: 'short' },
      { token, password },
      { token, password },
    ]) {
      await fetch(`${url}/gatehouse/api/passwords`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      });
    }
    await inbox.waitFor(2);
    await program.logged('password-changed');
    const log = JSON.stringify(program.lines);
    for (const secret of [token, password, subject.apiKey, 'alice@example.org'])
      expect(log).not.toContain(secret);
    expect(token).toHaveLength(43);
  });
});

it('starts nothing with a broken config, and says where it is broken', async () => {
  const folder = await tempFolder();
  const configPath = join(folder, 'config.yaml');
  await writeFile(
    configPath,
    'jellyfin: { url: http://127.0.0.1:8096 }\nmods:\n  page-titel: { title: x }\n',
  );
  const child = spawn(process.execPath, [MAIN, 'serve', '--config', configPath], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (chunk) => {
    errors += String(chunk);
  });
  const [code] = (await once(child, 'exit')) as [number];
  expect(code).toBe(78);
  expect(errors).toMatch(/config\.yaml:3:3 mods\.page-titel: .*page-title/);
});
