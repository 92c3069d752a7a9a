import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Subject } from '../../support/jellyfin/subject.ts';
import { createFakeSubject } from '../../support/jellyfin/subject.ts';
import { sendRaw, statusOf } from '../../support/network/raw-http.ts';
import { createStage, type Stage } from '../../support/program/gatehouse.ts';
import { WAYS } from '../../support/program/split-listener.ts';
import { OWN_CALLS, OWN_FILES, OWN_PAGES, OWN_READABLE, OWN_STATUS } from '../../support/reset/own-routes.ts';

/** What a method is answered that no route of ours has: refused before it is looked where it leads. */
const REFUSED: Readonly<Record<string, number>> = {
  TRACE: 501,
  CONNECT: 501,
  PROPFIND: 501,
  LOCK: 501,
  QUERY: 501,
  get: 400,
  Post: 400,
  // No method of any standard: Node's parser knows it not.
  BREW: 400,
};

const KNOWN = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

describe.each(WAYS)('each method on each route of ours, $way,', ({ isSplit }) => {
  let subject: Subject;
  let stage: Stage;
  beforeAll(async () => {
    subject = await createFakeSubject({ version: '12.0' });
    stage = await createStage(subject, {}, isSplit);
  });
  afterAll(async () => {
    await stage?.close();
    await subject?.close();
  });

  async function ask(method: string, path: string): Promise<string> {
    const lines = ['Host: localhost', 'Connection: close', 'Origin: https://evil.example'];
    if (/^(?:POST|PUT|PATCH)$/.test(method)) lines.push('Content-Length: 0');
    const head = `${method} /gatehouse${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`;
    return sendRaw(Number(new URL(stage.url).port), head, 10_000);
  }

  it.each([...OWN_PAGES, ...OWN_FILES])('%s is for reading only', async (path) => {
    for (const method of KNOWN) {
      const raw = await ask(method, path);
      const isRead = method === 'GET' || method === 'HEAD';
      expect(statusOf(raw), method).toBe(isRead ? 200 : 405);
      if (!isRead) expect(raw, method).toMatch(/\r\nAllow: GET, HEAD\r\n/i);
      if (method === 'HEAD') expect(raw.split('\r\n\r\n')[1]).toBe('');
      expect(raw, method).not.toMatch(/access-control-/i);
    }
  });

  it('the script of the mods is for reading only', async () => {
    const page = await (await fetch(`${stage.url}/web/index.html`)).text();
    const script = /gatehouse(\/mods\/[^"]+\.js)/.exec(page)?.[1] ?? '';
    for (const method of KNOWN) {
      const raw = await ask(method, script);
      const isRead = method === 'GET' || method === 'HEAD';
      expect(statusOf(raw), method).toBe(isRead ? 200 : 405);
      if (!isRead) expect(raw, method).toMatch(/\r\nAllow: GET, HEAD\r\n/i);
    }
  });

  it.each(Object.keys(OWN_CALLS))('%s is for POST of our own JSON only', async (path) => {
    for (const method of KNOWN) {
      const raw = await ask(method, path);
      expect(statusOf(raw), method).toBe(method === 'POST' ? 403 : 405);
      if (method !== 'POST') expect(raw, method).toMatch(/\r\nAllow: POST\r\n/i);
      expect(raw, method).not.toMatch(/access-control-/i);
    }
  });

  it.each(OWN_STATUS)('%s is for reading only', async (path) => {
    for (const method of KNOWN) {
      const isRead = method === 'GET' || method === 'HEAD';
      const wanted = isRead ? [200, 503] : [404, 405];
      expect(wanted, method).toContain(statusOf(await ask(method, path)));
    }
  });

  it.each(Object.entries(REFUSED))('%s is answered %i everywhere', async (method, status) => {
    for (const path of [...OWN_READABLE, ...Object.keys(OWN_CALLS), '/nowhere']) {
      const raw = await ask(method, path);
      expect(statusOf(raw), path).toBe(status);
      // TRACE would give back what was sent, secrets included.
      expect(raw, path).not.toContain('evil.example');
    }
  });
});
