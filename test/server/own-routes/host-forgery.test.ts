import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Subject } from '../../support/jellyfin/subject.ts';
import { createFakeSubject } from '../../support/jellyfin/subject.ts';
import { sendRaw, statusOf } from '../../support/network/raw-http.ts';
import { createStage, type Stage } from '../../support/program/gatehouse.ts';

const GOOD = 'Host: media.example.org';
const PUBLIC_URL = 'https://media.example.org/jf';

/** One way to forge whom the request was for: its lines, and its request line where that is not the usual one. */
interface Forgery {
  readonly lines: readonly string[];
  readonly target?: string;
  readonly version?: string;
  /** Refused at the gate: then no message goes out at all. */
  readonly isRefused?: true;
}

const refused = (...lines: string[]): Forgery => ({ lines, isRefused: true });
const taken = (...lines: string[]): Forgery => ({ lines });
const besides = (...lines: string[]): Forgery => taken(GOOD, ...lines);

/** Source: threat F1; RFC 9112 section 3.2; what proxies and frameworks are known to believe. */
const FORGERIES: readonly Forgery[] = [
  taken('Host: evil.example'),
  taken('Host: evil.example:8443'),
  taken('Host: media.example.org.evil.example'),
  taken('Host: MEDIA.EXAMPLE.ORG'),
  taken('Host: media.example.org.'),
  taken('Host: xn--media-e1a.example'),
  taken('Host: [::1]:80'),
  taken('Host: 127.0.0.1'),
  { lines: [], version: '1.0' },
  { lines: ['Host: evil.example'], target: 'http://evil.example/Users/ForgotPassword' },
  { lines: [GOOD], target: 'http://evil.example/Users/ForgotPassword', isRefused: true },
  refused(),
  refused('Host:'),
  refused(GOOD, 'Host: evil.example'),
  refused('Host: media.example.org:@evil.example'),
  refused('Host: media.example.org:80#@evil.example'),
  refused('Host: user@evil.example'),
  refused('Host: evil.example/?x='),
  refused('Host: media.example.org, evil.example'),
  refused('Host: media.example.org evil.example'),
  refused(`Host: media.example.org:'<a href="//evil.example?`),
  refused('Host : evil.example'),
  besides('X-Forwarded-Host: evil.example'),
  besides('X-Forwarded-Host: evil.example', 'X-Forwarded-Host: worse.example'),
  besides('X-Forwarded-Host: evil.example, media.example.org'),
  besides(`X-Forwarded-Host: evil.example'"><a href=//evil.example>`),
  besides('X-Forwarded-Server: evil.example'),
  besides('X-Forwarded-Port: 1337'),
  besides('X-Forwarded-Proto: http'),
  besides('X-Forwarded-Proto: javascript'),
  besides('X-Forwarded-Scheme: nothttps'),
  besides('X-Forwarded-Ssl: off', 'Front-End-Https: off', 'X-Url-Scheme: http'),
  besides('X-Forwarded-Prefix: //evil.example'),
  besides('Forwarded: for=1.2.3.4;host=evil.example;proto=http'),
  besides('X-Host: evil.example', 'X-HTTP-Host-Override: evil.example', 'X-Original-Host: evil.example'),
  besides('X-Original-URL: https://evil.example/', 'X-Rewrite-URL: https://evil.example/'),
  besides('Origin: https://evil.example', 'Referer: https://evil.example/gatehouse/account'),
  besides('X-Forwarded-For: evil.example', 'X-Real-IP: evil.example'),
  besides(
    'X-Script-Name: //evil.example',
    'X-ProxyBase: https://evil.example',
    'X-Base-Url: https://evil.example',
  ),
  besides('Connection: close, Host, X-Forwarded-Host', 'X-Forwarded-Host: evil.example'),
];

/** Everything a link is built from that is not its token. */
function linksIn(text: string): string[] {
  return [...text.matchAll(/https?:\/\/[^\s"<>]+/g)].map(([link]) => link.replace(/#[\w-]{43}$/, '#TOKEN'));
}

describe.each([
  ['a stranger', ''],
  ['a trusted proxy', '127.0.0.1'],
])('sent by %s', (_who, trustedProxies) => {
  let subject: Subject;
  let stage: Stage;
  const people = FORGERIES.map((_, index) => `person${index}`);

  beforeAll(async () => {
    const users = people.map((name) => ({ name, password: 'old-pw-1' }));
    const { fake, ...opened } = await createFakeSubject({
      version: '10.11.11',
      users: ['alice', 'bob'].map((name) => ({ name, password: 'old-pw-1' })).concat(users),
    });
    if (fake === undefined) throw new Error('this needs the fake');
    const known = people.map((name) => ({ id: fake.user(name).id, name, password: 'old-pw-1' }));
    subject = { ...opened, users: known };
    const reset = 'limits: { requestsPerClientPerHour: 10000 }';
    stage = await createStage(subject, { publicUrl: PUBLIC_URL, reset, trustedProxies });
  });
  afterAll(async () => {
    await stage?.close();
    await subject?.close();
  });

  it('40 forged Host and forwarding headers leave the link in the message as it is', async () => {
    expect(FORGERIES).toHaveLength(40);
    const port = Number(new URL(stage.url).port);
    for (const [index, { lines, target, version = '1.1', isRefused }] of FORGERIES.entries()) {
      const body = JSON.stringify({ EnteredUsername: people[index] });
      const head = [
        `POST ${target ?? '/Users/ForgotPassword'} HTTP/${version}`,
        ...lines,
        'Content-Type: application/json',
        `Content-Length: ${Buffer.byteLength(body)}`,
        ...(lines.some((line) => line.startsWith('Connection')) ? [] : ['Connection: close']),
      ];
      const raw = await sendRaw(port, `${head.join('\r\n')}\r\n\r\n${body}`, 5_000);
      expect(statusOf(raw), head.slice(0, 3).join(' | ')).toBe(isRefused === true ? 400 : 200);
      expect(raw).not.toContain('evil.example');
    }
    const wanted = people.filter((_, index) => FORGERIES[index]?.isRefused === undefined);
    await vi.waitFor(() => expect(stage.inbox.messages).toHaveLength(wanted.length), {
      timeout: 25_000,
      interval: 50,
    });
    const receivers = stage.inbox.messages.map(({ to }) => to.replace('@example.org', ''));
    expect(receivers.sort()).toEqual(wanted.sort());
    const links = stage.inbox.messages.map(({ text, html }) => [linksIn(text), linksIn(html)].flat());
    expect(links.every((found) => found.length >= 2)).toBe(true);
    expect(new Set(links.flat())).toEqual(new Set([`${PUBLIC_URL}/gatehouse/reset#TOKEN`]));
    for (const { text, html } of stage.inbox.messages) expect(text + html).not.toMatch(/evil|worse/);
  });
});
