import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Subject } from '../../support/jellyfin/subject.ts';
import { createFakeSubject } from '../../support/jellyfin/subject.ts';
import { cpuGrowth, STEEPEST } from '../../support/measure/cpu-growth.ts';
import { sendRaw, statusOf } from '../../support/network/raw-http.ts';
import { createStage, type Stage } from '../../support/program/gatehouse.ts';
import { WAYS } from '../../support/program/split-listener.ts';

/** Just below the largest body and the largest head, in characters. */
const BODY = 64_000;
/** Between two processes the second one takes half as much, and answers 431 to what is more. */
const headOf = (isSplit: boolean): number => (isSplit ? 15_500 : 32_000);

describe.each(WAYS)('a text of the largest size, $way,', ({ isSplit }) => {
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

  async function ask(head: string, body = ''): Promise<number> {
    const lines = `${head}\r\nHost: localhost\r\nConnection: close\r\nContent-Length: ${body.length}\r\n`;
    return statusOf(await sendRaw(Number(new URL(stage.url).port), `${lines}\r\n${body}`, 60_000));
  }

  it.each([
    ['a text that never ends, of quotes', (n: number) => `"${'\\"'.repeat(n / 2)}`],
    ['an object that never ends, of quotes', (n: number) => `{"a":"${'\\"'.repeat(n / 2)}`],
    ['nothing but quotes', (n: number) => '"'.repeat(n)],
    ['keys that are no text', (n: number) => '{a:'.repeat(n / 3)],
  ])('is answered 400 when it is %s, and holds nobody up longer than its length', async (_name, make) => {
    const post = (n: number) => async () => {
      const head = 'POST /gatehouse/api/links HTTP/1.1\r\nContent-Type: application/json';
      expect(await ask(head, make(n))).toBe(400);
    };
    expect(await cpuGrowth(BODY, post)).toBeLessThan(STEEPEST);
  });

  it.each([
    ...['Accept-Encoding', 'Accept-Language', 'Authorization', 'Cookie', 'Content-Type', 'If-None-Match'],
    ...['Origin', 'Range', 'Referer', 'User-Agent', 'X-Forwarded-For', 'X-Forwarded-Host'],
  ])('is read once as %s', async (name) => {
    for (const filling of [' ', ',', ';', 'a', '%', '"', '\\"', 'a=";', ', ;q=', 'xn--a.', '\xfc']) {
      const send = (n: number) => async () => {
        const line = `${name}: http://a${filling.repeat((n - 400) / filling.length)}${name === 'Origin' ? '' : ';a'}`;
        for (const path of ['/gatehouse/common-passwords.txt', '/web/index.html'])
          expect(await ask(`GET ${path} HTTP/1.1\r\n${line}`)).toBeLessThan(500);
        const post = `POST /gatehouse/api/links HTTP/1.1\r\n${line}`;
        const [type, status] =
          name === 'Content-Type' ? ['', 415] : ['\r\nContent-Type: application/json', 0];
        const answered = await ask(`${post}${type}`, '{}');
        expect(status === 0 ? [400, 403] : [status, 400]).toContain(answered);
      };
      expect(await cpuGrowth(headOf(isSplit), send), JSON.stringify(filling)).toBeLessThan(STEEPEST);
    }
  });
});
