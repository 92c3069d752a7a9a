import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createFakeSubject } from '../support/jellyfin/subject.ts';
import { createSmtpInbox } from '../support/mail/smtp-inbox.ts';
import { createStage } from '../support/program/gatehouse.ts';

const SMTP_PASSWORD = 'smtp p@ss/word "quoted"';
const METRICS_TOKEN = 'metrics-token-that-is-long';
const PASSWORDS = ['marker password one', 'marker password two', 'marker password wrong'] as const;

/** A Gatehouse at level trace whose every answer is kept; mail asks for a password. */
async function createScene() {
  const subject = await createFakeSubject({ version: '10.11.11' });
  onTestFinished(() => subject.close());
  const stage = await createStage(subject);
  onTestFinished(() => stage.close());
  const inbox = await createSmtpInbox({ login: { user: 'gatehouse', pass: SMTP_PASSWORD } });
  onTestFinished(() => inbox.close());
  const mailUrl = `smtp://gatehouse:${encodeURIComponent(SMTP_PASSWORD)}@127.0.0.1:${inbox.port}`;
  await stage.apply(`listen: { host: 127.0.0.1, port: ${new URL(stage.url).port} }
public: { url: '${stage.url}' }
jellyfin: { url: '${subject.url}', apiKey: ${subject.apiKey} }
reset: { method: pin-link }
mail: { url: '${mailUrl}', from: noreply@example.org }
metrics: { token: ${METRICS_TOKEN} }
storage: ${stage.storagePath}
log: { level: trace }
mods: { forgot-password: { show: pin-page } }
`);
  const answers: string[] = [];
  async function call(path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
    const answer = await fetch(`${stage.url}${path}`, {
      headers: { 'Content-Type': 'application/json', ...headers },
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    });
    answers.push(JSON.stringify([...answer.headers]), await answer.clone().text());
    return answer;
  }
  return { subject, stage, inbox, call, answers };
}

describe('a reset with everything that can go wrong on the way', { timeout: 120_000 }, () => {
  it('leaves no key, token, PIN or password in a log line, in a file, or in an answer', async () => {
    const { subject, stage, inbox, call, answers } = await createScene();
    const identity = 'MediaBrowser Client="T", Device="T", DeviceId="t", Version="1"';
    inbox.refuse('login');
    await call('/Users/ForgotPassword', { EnteredUsername: 'alice' });
    await vi.waitFor(() => expect(stage.log.text()).toContain('refused user name or password'), 20_000);
    inbox.refuse('accept');
    const [mail] = await inbox.waitFor(1, 60_000);
    const pin = /(?:[0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}/.exec(mail?.text ?? '')?.[0] ?? '';
    expect(pin).not.toBe('');

    const exchanged = await call('/gatehouse/api/pins', { pin });
    const { token } = (await exchanged.json()) as { token: string };
    expect(token).toMatch(/^[\w-]{43}$/);
    await call(
      '/Users/AuthenticateByName',
      { Username: 'alice', Pw: PASSWORDS[2] },
      { Authorization: identity },
    );
    await call('/gatehouse/api/links', { token });
    if (subject.fake === undefined) throw new Error('this needs the fake');
    await subject.fake.setPhase('refused');
    expect((await call('/gatehouse/api/passwords', { token, password: PASSWORDS[0] })).status).toBe(503);
    await subject.fake.setPhase('ready');
    await vi.waitFor(async () => {
      const answer = await call('/gatehouse/api/passwords', { token, password: PASSWORDS[1] });
      expect(answer.status).toBe(200);
      expect(answer.headers.get('set-cookie')).toBeNull();
      expect(await answer.text()).not.toContain('AccessToken');
    }, 30_000);
    await call('/gatehouse/api/passwords', { token, password: PASSWORDS[2] });
    await call(`/gatehouse/reset?token=${token}&pin=${pin}`);
    await call('/gatehouse/metrics', undefined, { Authorization: `Bearer ${METRICS_TOKEN}` });
    await call('/gatehouse/health');
    await expect(stage.apply(`jellyfin: { url: nonsense, apiKey: ${subject.apiKey} }`)).rejects.toThrow();
    await inbox.waitFor(2, 60_000);

    const secrets = [
      subject.apiKey,
      SMTP_PASSWORD,
      encodeURIComponent(SMTP_PASSWORD),
      METRICS_TOKEN,
      ...PASSWORDS,
    ];
    const ours = [token, pin, pin.replaceAll('-', '')];
    expect([...secrets, ...ours].filter((secret) => stage.log.text().includes(secret))).toEqual([]);
    const files = await readFiles(stage.storagePath);
    expect([...secrets, ...ours].filter((secret) => files.includes(secret))).toEqual([]);
    // The token is the answer to its PIN, and to nothing else.
    const others = answers.filter((text) => !text.includes('"token"')).join('\n');
    expect([...secrets, ...ours].filter((secret) => others.includes(secret))).toEqual([]);
  });
});

/** The database with everything SQLite keeps beside it, as text. */
async function readFiles(path: string): Promise<string> {
  const names = (await readdir(dirname(path))).filter((name) => name.startsWith(basename(path)));
  const texts = await Promise.all(names.map((name) => readFile(join(dirname(path), name), 'latin1')));
  return texts.join('\n');
}
