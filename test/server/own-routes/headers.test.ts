import { describe, expect, it, onTestFinished } from 'vitest';
import { createFakeSubject } from '../../support/jellyfin/subject.ts';
import { sendRaw, statusOf } from '../../support/network/raw-http.ts';
import { createStage, type Stage } from '../../support/program/gatehouse.ts';
import { WAYS } from '../../support/program/split-listener.ts';
import { OWN_CALLS, OWN_READABLE } from '../../support/reset/own-routes.ts';

/** ASVS 5.0 3.4.3 to 3.4.8 and 14.3.2, as they must stand on every answer of ours. */
const EVERYWHERE: Readonly<Record<string, RegExp>> = {
  'content-security-policy':
    /^default-src 'none'; .*object-src 'none'; base-uri 'none'; frame-ancestors 'none'; .*require-trusted-types-for 'script'$/,
  'x-content-type-options': /^nosniff$/,
  'x-frame-options': /^DENY$/,
  'referrer-policy': /^no-referrer$/,
  'cross-origin-opener-policy': /^same-origin$/,
  'cross-origin-resource-policy': /^same-origin$/,
};

/** What may be kept: it says nothing about anybody. */
const MAY_BE_KEPT = /^\/(?:assets\/|common-passwords\.txt|account\.svg|mods\/)/;

/** An answer off the wire; header names in lower case, one line a header. */
interface Answer {
  readonly label: string;
  readonly path: string;
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
}

function read(label: string, path: string, raw: string): Answer {
  const [head = ''] = raw.split('\r\n\r\n');
  const lines = head.split('\r\n').slice(1);
  const headers = lines.map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
  });
  return { label, path, status: statusOf(raw), headers };
}

function check({ label, path, status, headers }: Answer): void {
  const valuesOf = (wanted: string) => headers.filter(([name]) => name === wanted).map(([, value]) => value);
  for (const [name, value] of Object.entries(EVERYWHERE)) {
    expect.soft(valuesOf(name), `${label}: ${name}`).toEqual([expect.stringMatching(value)]);
  }
  const isKept = MAY_BE_KEPT.test(path) && (status === 200 || status === 304);
  const cache = isKept ? /^public, max-age=\d+(?:, immutable)?$/ : /^no-store$/;
  expect.soft(valuesOf('cache-control'), `${label}: cache-control`).toEqual([expect.stringMatching(cache)]);
  const names = headers.map(([name]) => name);
  const telling = ['x-powered-by', 'server', 'set-cookie', 'access-control-allow-origin'];
  expect
    .soft(
      names.filter((name) => telling.includes(name)),
      label,
    )
    .toEqual([]);
}

async function open(isSplit: boolean, more = ''): Promise<{ stage: Stage; send: Send }> {
  const subject = await createFakeSubject({ version: '12.0' });
  onTestFinished(() => subject.close());
  const stage = await createStage(subject, { more }, isSplit);
  onTestFinished(() => stage.close());
  const port = Number(new URL(stage.url).port);
  const send: Send = async (line, lines = [], body = '') => {
    const [method = '', path = ''] = line.split(' ');
    const head = [`${method} /gatehouse${path} HTTP/1.1`, 'Host: localhost', 'Connection: close', ...lines];
    if (body !== '' || method === 'POST') head.push(`Content-Length: ${Buffer.byteLength(body)}`);
    const raw = await sendRaw(port, `${head.join('\r\n')}\r\n\r\n${body}`, 10_000);
    return read(`${line} ${statusOf(raw)}`, path, raw);
  };
  return { stage, send };
}

type Send = (line: string, lines?: readonly string[], body?: string) => Promise<Answer>;

const JSON_TYPE = 'Content-Type: application/json';

describe.each(WAYS)('the headers of ASVS 3.4, $way,', ({ isSplit }) => {
  it('stand on every route of ours with every status', async () => {
    const { stage, send } = await open(isSplit);
    const answers: Answer[] = [];
    for (const path of OWN_READABLE) {
      answers.push(await send(`GET ${path}`), await send(`HEAD ${path}`), await send(`DELETE ${path}`));
    }
    const script = /gatehouse(\/mods\/[^"]+\.js)/.exec(
      await (await fetch(`${stage.url}/web/index.html`)).text(),
    )?.[1];
    expect(script).toBeDefined();
    for (const path of ['/common-passwords.txt', OWN_READABLE[4] ?? '', script ?? '']) {
      const kept = await send(`GET ${path}`);
      const tag = kept.headers.find(([name]) => name === 'etag')?.[1];
      answers.push(kept, await send(`GET ${path}`, [`If-None-Match: ${tag}`]));
    }
    for (const [path, body] of Object.entries(OWN_CALLS)) {
      const text = JSON.stringify(body);
      answers.push(
        await send(`GET ${path}`),
        await send(`POST ${path}`, [JSON_TYPE], text),
        await send(`POST ${path}`, [JSON_TYPE], '{'),
        await send(`POST ${path}`, ['Content-Type: text/plain'], text),
        await send(`POST ${path}`, [JSON_TYPE, 'Sec-Fetch-Site: cross-site'], text),
        await send(`POST ${path}`, [JSON_TYPE], `"${'x'.repeat(64 * 1024)}"`),
      );
    }
    const call = JSON.stringify(OWN_CALLS['/api/links']);
    for (let turn = 0; turn < 12; turn++) answers.push(await send('POST /api/links', [JSON_TYPE], call));
    for (const path of [
      '',
      '/',
      '/nowhere',
      '/api',
      '/api/nowhere',
      '/assets/none.js',
      '/%E0%A4%A',
      '/reset/',
    ]) {
      answers.push(await send(`GET ${path}`));
    }
    answers.push(
      await send(`GET /${'x'.repeat(9_000)}`),
      await send(`GET /${'x'.repeat(5_000)}`),
      await send('TRACE /reset'),
      await send('GET /reset', ['Content-Length: 1'], 'x'),
      await send('GET /reset', ['Expect: something']),
      await send(
        'GET /reset',
        Array.from({ length: 101 }, (_, n) => `X-${n}: 1`),
      ),
    );
    for (const answer of answers) check(answer);
    const statuses = new Set(answers.map(({ status }) => status));
    const wanted = [200, 202, 302, 304, 400, 403, 404, 405, 413, 414, 415, 417, 429, 431, 501];
    expect([...statuses].sort()).toEqual(wanted);
  });

  it('stand on 503 while the database cannot be used', async () => {
    const { stage, send } = await open(isSplit);
    const text = `jellyfin: { url: 'http://127.0.0.1:1', apiKey: abc }
public: { url: 'http://localhost' }
reset: { method: link }
mail: { url: 'smtp://127.0.0.1:1', from: a@example.org }
storage: ${stage.configPath}
${stage.house.lines}`;
    await stage.apply(text);
    const answers = [
      await send('GET /reset'),
      await send('HEAD /reset'),
      await send('GET /health/ready'),
      await send('POST /api/links', [JSON_TYPE], JSON.stringify(OWN_CALLS['/api/links'])),
    ];
    for (const answer of answers) check(answer);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([503]));
  });
});
