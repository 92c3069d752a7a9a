import type { AddressInfo } from 'node:net';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { MODS } from '../../injector/mods/all.ts';
import type { InboxMessage } from '../support/mail/smtp-inbox.ts';
import { listen, shut } from '../support/network/listen.ts';
import { writeGuide } from './guide.ts';
import { createInboxPage } from './inbox-page.ts';
import { readDemoOptions } from './options.ts';

const messages: InboxMessage[] = [];
let url = '';

function message(more: Partial<InboxMessage> = {}): InboxMessage {
  return {
    from: 'Demo <noreply@example.org>',
    to: 'alice@example.org',
    subject: 'Choose a new password',
    text: 'Go on:\nhttp://127.0.0.1/gatehouse/reset#abc\n',
    html: '<!DOCTYPE html>\n<html><head><title>x</title></head><body><a href="http://127.0.0.1/">Go on</a></body></html>',
    messageId: '<1@example.org>',
    arrivedAt: new Date(2026, 10, 29, 14, 3, 7),
    ...more,
  };
}

function guideFor(...argv: string[]) {
  const options = readDemoOptions(argv);
  if (options === 'help') throw new Error('no options');
  return writeGuide(options, {
    login: 'http://127.0.0.1:1/',
    inbox: 'http://127.0.0.1:2/',
    jellyfin: 'http://127.0.0.1:3/',
  });
}

beforeEach(async () => {
  messages.length = 0;
  const server = createInboxPage({ messages }, guideFor(), new Set(['login-notice']));
  await listen(server);
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  onTestFinished(() => shut(server));
});

const read = async (path: string): Promise<string> => {
  const answer = await fetch(`${url}${path}`);
  expect(answer.status, path).toBe(200);
  return answer.text();
};

describe('the inbox of the demo', () => {
  it('names the people with their passwords, and where to go', async () => {
    const page = await read('/');
    for (const name of ['alice', 'bob', 'carol', 'admin']) expect(page).toContain(`<td>${name}</td>`);
    expect(page).toContain('href="http://127.0.0.1:1/"');
    expect(page).toContain('href="http://127.0.0.1:3/"');
  });

  it('says of each person whether the password is still the one it names', async () => {
    const changed = (name: string) => name === 'bob';
    const server = createInboxPage({ messages }, guideFor(), new Set(), changed);
    await listen(server);
    onTestFinished(() => shut(server));
    const rows = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/people`);
    expect(
      [...(await rows.text()).matchAll(/<td>(\w+)<\/td><td>(.*?)<\/td>/g)].map(([, ...row]) => row),
    ).toEqual([
      ['alice', 'alice'],
      ['bob', '<em>changed</em>'],
      ['carol', 'carol'],
      ['admin', 'admin'],
    ]);
  });

  it('has addresses as links, and commands as code', async () => {
    const page = await read('/');
    expect(page).toContain('<a href="http://127.0.0.1:2/mods">http://127.0.0.1:2/mods</a>');
    expect(page).toContain('<code>npm run demo -- --outside</code>');
  });

  it('has everything that its page and a message opened by itself ask for', async () => {
    const page = await read('/');
    const asked = [...page.matchAll(/(?:src|href)="([a-z][\w./]*)"/g)].map(([, address]) => `/${address}`);
    expect(asked).toEqual(['/favicon.ico', '/inbox.css', '/inbox.js', '/mods']);
    for (const path of asked) await read(path);
    expect((await fetch(`${url}/nowhere`)).status).toBe(404);
    expect((await fetch(`${url}/messages/0`)).status).toBe(404);
  });

  it('says when each message came, newest first', async () => {
    messages.push(message(), message({ subject: 'The second', arrivedAt: new Date(2026, 10, 29, 14, 5) }));
    const page = await read('/');
    expect([...page.matchAll(/<time [^>]*>([^<]*)</g)].map(([, time]) => time)).toEqual([
      '14:05:00',
      '14:03:07',
    ]);
    expect(page).not.toMatch(/http-equiv/i);
  });

  it('hands over what came since, and how many there are', async () => {
    messages.push(message({ subject: 'One' }), message({ subject: 'Two' }), message({ subject: 'Three' }));
    const answer = await fetch(`${url}/letters?after=1`);
    expect(answer.headers.get('inbox-count')).toBe('3');
    const titles = [...(await answer.text()).matchAll(/<h3[^>]*>(\w+)</g)].map(([, title]) => title);
    expect(titles).toEqual(['Three', 'Two']);
    expect((await (await fetch(`${url}/messages`)).json()) as unknown[]).toHaveLength(3);
  });

  it('tells an open page at once how many there are, and when more have come, in one answer', async () => {
    messages.push(message());
    const abort = new AbortController();
    onTestFinished(() => abort.abort());
    const answer = await fetch(`${url}/arrivals`, { signal: abort.signal });
    expect(answer.headers.get('content-type')).toBe('text/event-stream');
    const parts = (answer.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream()).getReader();
    let heard = '';
    const hear = async (count: number) => {
      while (!heard.includes(`data: ${count}\n\n`)) heard += (await parts.read()).value ?? '';
    };
    await hear(1);
    messages.push(message(), message());
    await hear(3);
    expect(heard.match(/data/g)).toHaveLength(2);
  });

  it('opens links of both views in new tabs, and changes nothing else of the mail', async () => {
    messages.push(message());
    expect((await read('/messages/0')).replace('<base target="_blank">', '')).toBe(message().html);
    const text = await read('/messages/0/text');
    expect(text).toContain('<base target="_blank">');
    expect(text).toContain(
      'Go on:\n<a href="http://127.0.0.1/gatehouse/reset#abc">http://127.0.0.1/gatehouse/reset#abc</a>\n',
    );
  });

  it('shows whatever stands in a message as text, and lets no script of it run', async () => {
    const evil = '<img src=x onerror=alert(1)>"\'';
    messages.push(
      message({ subject: evil, from: evil, to: evil, text: `${evil} http://a/"><script>x</script>` }),
    );
    for (const path of ['/', '/letters?after=0', '/messages/0/text'])
      expect(await read(path)).not.toMatch(/<img|<script>/);
    const policy = (await fetch(`${url}/messages/0`)).headers.get('content-security-policy');
    expect(policy).toMatch(/^default-src 'none'; style-src/);
  });
});

describe('the list of mods of the demo', () => {
  it('has every mod with its title, whether it is on, its words and how to start with it', async () => {
    const page = await read('/mods');
    const rows = page.split('<article').slice(1);
    expect(rows).toHaveLength(MODS.length);
    for (const [index, { name, title }] of MODS.entries()) {
      expect(rows[index]).toContain(`>${title}</h2>`);
      expect(rows[index], name).toContain(name === 'login-notice' ? 'on in this demo' : 'off in this demo');
      expect(rows[index]).toContain(`npm run demo -- --mod ${name}<`);
      const own = await read(`/mods/${name}`);
      expect(own, name).toMatch(/<a href="\.\.\/mods">.*<pre><code>mods:\n/s);
      expect(own, name).not.toMatch(/`|\\[|<>_*[\]]|undefined/);
    }
  });

  it('shows the pictures there are, and answers nothing else', async () => {
    const page = await read('/mods');
    const pictures = [...page.matchAll(/<img src="(mods\/[\w-]+\.webp)"/g)].map(([, path]) => path);
    expect(pictures.length).toBeGreaterThan(0);
    const answer = await fetch(`${url}/${pictures[0]}`);
    expect(answer.headers.get('content-type')).toMatch(/^image\/webp/);
    expect((await answer.arrayBuffer()).byteLength).toBeGreaterThan(1_000);
    for (const path of ['/mods/nothing', '/mods/nothing.webp', '/mods/README', '/mods/..%2f..%2fpackage'])
      expect((await fetch(`${url}${path}`)).status, path).toBe(404);
  });
});

describe('the guide of the demo', () => {
  const partOf = (title: string, ...argv: string[]) =>
    guideFor(...argv)
      .parts.find((part) => part.title === title)
      ?.steps.join(' ');
  const reset = (...argv: string[]) => guideFor(...argv).parts[0]?.steps.join(' ');

  it('says the right thing for each method', () => {
    expect(reset()).toContain('enter alice. The message arrives in the inbox. Press its button');
    expect(reset('--method=account')).toContain('it leads to My Account');
    expect(reset('--show=account')).toContain('it leads to My Account');
    expect(reset('--method=account', '--show=check-your-messages')).not.toContain('My Account');
    expect(reset('--method=pin')).toContain('Type it on the page');
    expect(reset('--method=pin')).not.toContain('button');
    expect(reset('--method=pin-link')).toContain('Or press the button of the message.');
  });

  it('leads to My Account, from within Jellyfin and from outside', () => {
    expect(partOf('My Account')).toMatch(/Password recovery.* http:\/\/127\.0\.0\.1:1\/gatehouse\/account /);
  });

  it('says which mods were asked for, and where all of them are', () => {
    const mods = (...argv: string[]) => partOf('Mods', ...argv);
    expect(mods()).toContain('http://127.0.0.1:2/mods');
    expect(mods('--mod=seasons', '--mod=toast')).toContain('On by --mod: seasons, toast.');
  });

  it('says how to try the throttle, at home and outside', () => {
    const throttle = (...argv: string[]) => partOf('The login throttle', ...argv);
    expect(throttle()).toContain('npm run demo -- --outside');
    expect(throttle('--outside')).toContain('five times');
  });
});
