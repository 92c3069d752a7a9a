import { expect, it, onTestFinished } from 'vitest';
import { createFakeSubject } from '../../support/jellyfin/subject.ts';
import { createStage } from '../../support/program/gatehouse.ts';
import { OWN_READABLE } from '../../support/reset/own-routes.ts';

const NAMES = [
  'next',
  'url',
  'returnTo',
  'return_to',
  'redirect',
  'redirect_uri',
  'target',
  'serverid',
  'goto',
  'u',
];

/** Ways to write another site, as checks of addresses have been got around. */
const TARGETS = [
  ...['https://evil.example', '//evil.example', '///evil.example', '////evil.example', '/\\evil.example'],
  ...[
    '\\\\evil.example',
    '/\\/evil.example',
    'https:evil.example',
    'https:/evil.example',
    'http:///evil.example',
  ],
  ...[
    '/\t/evil.example',
    '/\n/evil.example',
    '\u0000//evil.example',
    ' //evil.example',
    'javascript:alert(1)',
  ],
  ...['data:text/html,x', '//evil.example@127.0.0.1', 'https://127.0.0.1@evil.example', '/..//evil.example'],
  ...[
    '%2f%2fevil.example',
    '/%2fevil.example',
    '/%5cevil.example',
    '//evil%E3%80%82example',
    '〱evil.example',
  ],
  ...[
    '//[::ffff:203.0.113.9]',
    '//3405803785',
    '//0xcb007109',
    '.evil.example',
    '@evil.example',
    ':80@evil.example',
  ],
];

it('no parameter of any kind leads to another site', async () => {
  const subject = await createFakeSubject({ version: '10.11.11' });
  onTestFinished(() => subject.close());
  const stage = await createStage(subject);
  onTestFinished(() => stage.close());
  const { origin } = new URL(stage.url);
  const paths = OWN_READABLE.map((path) => `/gatehouse${path}`);
  let tried = 0;
  for (const [n, target] of TARGETS.entries()) {
    for (const [m, name] of NAMES.entries()) {
      const path = paths[(n + m) % paths.length] ?? '/gatehouse/';
      const query = `?${name}=${encodeURIComponent(target)}`;
      const tries = [
        `${path}${query}`,
        `/gatehouse${query}`,
        `/gatehouse/${encodeURIComponent(target)}${query}`,
      ];
      const answer = await fetch(`${stage.url}${tries[m % 3]}`, { redirect: 'manual' });
      const body = await answer.text();
      const location = answer.headers.get('location');
      if (location !== null) expect(new URL(location, `${stage.url}/gatehouse/`).origin).toBe(origin);
      expect(answer.headers.get('refresh')).toBeNull();
      expect(body).not.toContain('evil.example');
      tried += 1;
    }
  }
  expect(tried).toBe(300);
}, 60_000);
