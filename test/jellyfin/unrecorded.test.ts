import { describe, expect, it, onTestFinished } from 'vitest';
import { exchangeRaw } from '../recordings/raw-exchange.ts';
import { createFakeJellyfin, type JellyfinVersion } from './fake-jellyfin.ts';

/** Asks a fake over a raw socket. */
async function ask(version: JellyfinVersion, head: string, body = '') {
  const fake = await createFakeJellyfin({ version });
  onTestFinished(() => fake.close());
  const length = body === '' ? '' : `Content-Length: ${Buffer.byteLength(body)}\r\n`;
  return exchangeRaw(fake.port, Buffer.from(`${head}\r\nHost: a\r\n${length}\r\n${body}`), false);
}

const names = (headers: readonly string[]): string[] => headers.map((line) => line.split(':', 1)[0] ?? '');
const POST = 'POST /Users/ForgotPassword HTTP/1.1\r\nContent-Type: application/json';

describe('what real servers were seen to answer beyond the recordings', () => {
  it.each(['10.9.11', '10.10.7', '10.11.11', '12.0'] as const)(
    'on %s a branding without CSS is an empty stylesheet, never 204',
    async (version) => {
      for (const path of ['/Branding/Css', '/Branding/Css.css']) {
        const { status, headers, body } = await ask(version, `GET ${path} HTTP/1.1`);
        expect(status).toBe(200);
        expect(headers).toContainEqual(expect.stringMatching(/^Content-Type: text\/css/));
        expect(body).toHaveLength(0);
      }
    },
  );

  it.each([
    ['de-DE', 'de'],
    ['de', 'de'],
    ['de-CH, en;q=0.5', 'de'],
    ['pt-BR', 'pt-BR'],
    ['en-GB', 'en-GB'],
    ['en', 'en-US'],
    ['*', 'en-US'],
  ])('on 12.0 who asks for %s is told %s', async (asked, told) => {
    const { headers } = await ask('12.0', `GET /System/Info/Public HTTP/1.1\r\nAccept-Language: ${asked}`);
    expect(headers).toContain(`Content-Language: ${told}`);
  });

  it.each([
    ['{"EnteredUsername":"nobody",}', 'object', 28],
    ['{"EnteredUsername":"nobody" , }', 'object', 30],
    ['{"a":["b",]}', 'array', 10],
  ])('a trailing comma in %s is refused in the words of .NET', async (body, what, at) => {
    const { status, body: text } = await ask('10.11.11', POST, body);
    expect(status).toBe(400);
    const { errors } = JSON.parse(text.toString()) as { errors: Record<string, string[]> };
    expect(Object.values(errors).flat()).toContainEqual(
      expect.stringMatching(
        new RegExp(
          `^The JSON ${what} contains a trailing comma at the end which is not supported in this mode\\. Change the reader options\\. Path: .* \\| BytePositionInLine: ${at}\\.$`,
        ),
      ),
    );
  });

  it.each([
    ['a head of 40 kB', `X: ${'x'.repeat(40_000)}`],
    ['100 fields', Array(100).fill('X: y').join('\r\n')],
  ])('%s is refused by Kestrel: 431 with length, date and server', async (_what, lines) => {
    const { status, headers } = await ask('10.11.11', `GET / HTTP/1.1\r\n${lines}`);
    expect(status).toBe(431);
    expect(names(headers)).toEqual(['Content-Length', 'Connection', 'Date', 'Server']);
    expect(headers[0]).toBe('Content-Length: 0');
  });
});
