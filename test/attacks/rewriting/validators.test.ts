import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openRewritingStage, PAGE, type RewritingStage, sendPage, withoutStyle } from './stage.ts';

let stage: RewritingStage;
beforeAll(async () => {
  stage = await openRewritingStage();
});
afterEach(() => stage.answerAs((_request, response) => sendPage(response, PAGE)));
afterAll(() => stage.close());

const CODINGS = ['br', 'zstd', 'gzip', 'identity'];

describe('validators of what is rewritten', () => {
  it('B42: the ETag is our own, strong, and another one for each coding and each configuration', async () => {
    const tags = new Set<string>();
    for (const colour of ['red', 'blue']) {
      await stage.switchOn({ style: { colour } });
      for (const coding of CODINGS) {
        const { headers } = await stage.get('/web/', { 'accept-encoding': coding });
        expect(headers.etag).toMatch(/^"gh-[\w-]+"$/);
        tags.add(headers.etag ?? '');
      }
    }
    expect(tags.size).toBe(8);
  });

  it('B42: another page is another tag even when Jellyfin keeps its tag', async () => {
    const before = await stage.get('/web/', { 'cache-control': 'no-cache' });
    stage.answerAs((_request, response) =>
      sendPage(response, PAGE.replace('Grüße', 'Neues'), { ETag: '"same"' }),
    );
    const after = await stage.get('/web/', { 'cache-control': 'no-cache' });
    expect(after.headers.etag).not.toBe(before.headers.etag);
  });

  it.each([`"up-${Buffer.byteLength(PAGE)}"`, `W/"up-${Buffer.byteLength(PAGE)}"`, '"1d9c0ffee"'])(
    'B43: If-None-Match of a page cached before Gatehouse stood here (%s) gets the page with mods',
    async (tag) => {
      stage.answerAs((request, response) => {
        if (request.headers['if-none-match'] !== undefined) response.writeHead(304, { ETag: tag }).end();
        else sendPage(response, PAGE, { ETag: tag });
      });
      await stage.switchOn({ style: { colour: 'green' } });
      const { status, body } = await stage.get('/web/', {
        'if-none-match': tag,
        'if-modified-since': 'Sat, 21 Nov 2026 10:00:00 GMT',
      });
      expect(status).toBe(200);
      expect(body.toString()).toContain('../gatehouse/mods/');
    },
  );

  it('B43: after a changed configuration the old tag gets 200 at the very next load', async () => {
    const { headers } = await stage.get('/web/');
    await stage.switchOn({ style: { colour: 'yellow' } });
    const again = await stage.get('/web/', { 'if-none-match': headers.etag ?? '' });
    expect(again.status).toBe(200);
  });

  it.each(CODINGS)(
    'B44: the own tag of %s gets 304 without a body, with the tag and without a length',
    async (coding) => {
      const first = await stage.get('/web/', { 'accept-encoding': coding });
      const tag = first.headers.etag ?? '';
      for (const list of [tag, `W/${tag}`, `"a", ${tag}`, '*']) {
        const again = await stage.get('/web/', { 'accept-encoding': coding, 'if-none-match': list });
        expect([again.status, again.body.length, again.headers.etag]).toEqual([304, 0, tag]);
        expect(again.headers['content-length']).toBeUndefined();
        expect(again.headers.vary).toBe('Accept-Encoding');
      }
      const other = await stage.get('/web/', {
        'accept-encoding': coding === 'gzip' ? 'br' : 'gzip',
        'if-none-match': tag,
      });
      expect(other.status).toBe(200);
    },
  );

  it('B45: there is no Last-Modified, and If-Modified-Since is not heard', async () => {
    for (const date of ['Sun, 22 Nov 2026 10:00:00 GMT', 'Sat, 21 Nov 2026 10:00:00 GMT', 'never']) {
      const { status, headers } = await stage.get('/web/', { 'if-modified-since': date });
      expect([status, headers['last-modified']]).toEqual([200, undefined]);
    }
    const refused = await stage.get('/web/', { 'if-match': '"up-1"' });
    expect(refused.status).toBe(412);
  });

  it('B46: Range and If-Range get the whole rewritten page, and ranges are not offered', async () => {
    stage.answerAs((request, response) => {
      if (request.headers.range === undefined) return sendPage(response, PAGE);
      response.writeHead(206, { 'Content-Range': 'bytes 40-79/100' });
      response.end(PAGE.slice(40, 80));
    });
    const whole = await stage.get('/web/');
    for (const headers of [
      { range: 'bytes=40-79' },
      { range: 'bytes=0-0,5-6' },
      { range: 'bytes=40-79', 'if-range': whole.headers.etag ?? '' },
      { range: 'bytes=40-79', 'cache-control': 'no-cache' },
    ] as Record<string, string>[]) {
      const got = await stage.get('/web/', headers);
      expect(got.status).toBe(200);
      expect(got.body.equals(whole.body)).toBe(true);
      expect(got.headers['accept-ranges']).toBeUndefined();
      expect(got.headers['content-range']).toBeUndefined();
    }
  });

  it.each(CODINGS)('B47: HEAD in %s has the length and tag of GET and no body', async (coding) => {
    const headers = { 'accept-encoding': coding };
    const whole = await stage.get('/web/', headers);
    const head = await stage.get('/web/', headers, 'HEAD');
    expect(head.body.length).toBe(0);
    expect({ ...head.headers, date: '' }).toEqual({ ...whole.headers, date: '' });
    expect(whole.headers['content-length']).toBe(String(whole.body.length));
  });

  it('B54, B55: keeps a policy Jellyfin sends, and lets nobody share or keep the page unasked', async () => {
    const policy = "default-src 'self'";
    stage.answerAs((_request, response) =>
      sendPage(response, PAGE, { 'Content-Security-Policy': policy, 'Cache-Control': 'public, max-age=600' }),
    );
    const { headers, body } = await stage.get('/web/', { 'cache-control': 'no-cache' });
    expect(headers['content-security-policy']).toBe(policy);
    expect(headers['cache-control']).toBe('private, no-cache');
    expect(withoutStyle(body)).toBe(PAGE);
  });
});
