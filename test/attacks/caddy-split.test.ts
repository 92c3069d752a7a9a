import { once } from 'node:events';
import { connect } from 'node:http2';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createFakeSubject, type Subject } from '../support/jellyfin/subject.ts';
import { startCaddy } from '../support/network/caddy.ts';
import { makeCertificate } from '../support/network/certificates.ts';
import { generateFront } from '../support/network/generated-front.ts';
import type { RunningProxy } from '../support/network/running-proxy.ts';
import { HARMLESS, HOSTILE } from '../support/network/spellings.ts';
import { createSplitProbe, type SplitProbe, tallyOf } from '../support/network/split-probe.ts';
import { createStage, type Stage } from '../support/program/gatehouse.ts';

/** As the text says for a Caddy behind another proxy, in whose place the tests speak, so that they may come from outside. */
const behindAnother = (text: string): string =>
  text.replace(/(reverse_proxy \S+ \{\n)/g, '$1trusted_proxies 127.0.0.1/32\n');

describe.each([
  ['', 54],
  ['/jellyfin', 55],
] as const)(
  'Caddy in front of Jellyfin 10.11 with the base URL "%s", films straight to Jellyfin',
  (baseUrl, seed) => {
    let subject: Subject;
    let stage: Stage;
    let caddy: RunningProxy;
    let probe: SplitProbe;

    beforeAll(async () => {
      subject = await createFakeSubject({ version: '10.11.11', baseUrl, hashMs: 1 });
      stage = await createStage(subject, {
        trustedProxies: '127.0.0.1',
        more: 'cache: { web: false }\nloginThrottle: { enabled: true, lan: true }',
      });
      const text = await generateFront('caddy', stage.configPath, false, '127.0.0.1', 'split');
      caddy = await startCaddy(behindAnother(text));
      const head = 'Host: 127.0.0.1\r\nX-Forwarded-For: 203.0.113.7\r\n';
      probe = createSplitProbe(subject, baseUrl, { port: caddy.port, head, host: '127.0.0.1' });
    });
    afterAll(async () => {
      await caddy?.close();
      await stage?.close();
      await subject?.close();
    });

    it('lets none of 600 spellings of what Gatehouse answers or guards past it', {
      timeout: 90_000,
    }, async () => {
      const calls = await probe.sendSpellings(600, seed);
      const wrong = calls.flatMap(({ method, spelling, isOurs, way, isUnchanged }) => [
        ...(isOurs && way === 'straight' ? [`${method} ${spelling} went past Gatehouse`] : []),
        ...(way === 'straight' && !isUnchanged ? [`${spelling} was changed on the way`] : []),
      ]);
      expect(wrong).toEqual([]);
      // The generator must hit all sides, or nothing was shown.
      const tally = tallyOf(calls);
      expect(tally.ours).toBeGreaterThan(150);
      expect(tally.gatehouse).toBeGreaterThan(50);
      expect(tally.straight).toBeGreaterThan(0);
    });

    it('takes spellings by which other proxies were passed to Gatehouse', { timeout: 60_000 }, async () => {
      for (const spelling of HOSTILE) {
        for (const target of [`${baseUrl}${spelling}`, `http://127.0.0.1${baseUrl}${spelling}`]) {
          const { status, way } = await probe.send('POST', target);
          expect([target, way]).not.toEqual([target, 'straight']);
          expect(status, target).toBeGreaterThanOrEqual(200);
        }
      }
    });

    it('takes nothing that clients ask of Jellyfin through Gatehouse, in whatever letter case', async () => {
      for (const path of HARMLESS) {
        for (const target of [`${baseUrl}${path}`, `${baseUrl}${path.toLowerCase()}`]) {
          const { way, isUnchanged } = await probe.send('GET', target);
          expect([target, way, isUnchanged]).toEqual([target, 'straight', true]);
        }
      }
    });

    it('tells the same over https and HTTP/2, and tells Jellyfin who asks', async () => {
      const certificate = makeCertificate();
      const text = await generateFront('caddy', stage.configPath, true, '127.0.0.1', 'split');
      const secure = await startCaddy(text, certificate);
      onTestFinished(() => secure.close());
      const client = connect(`https://127.0.0.1:${secure.port}`, { ca: certificate.cert });
      onTestFinished(() => client.close());
      const ask = async (path: string): Promise<string> => {
        const lies = { 'x-forwarded-for': '203.0.113.7', 'x-real-ip': '203.0.113.7' };
        const stream = client.request({ ':path': `${baseUrl}${path}`, ...lies });
        await once(stream.resume().end(), 'close');
        return probe.wayOf(path);
      };
      expect(await ask('/Users/Public?h2')).toBe('straight');
      const { headers } = subject.fake?.journal.find(({ path }) => path.includes('/Users/Public?h2')) ?? {};
      expect(headers).toMatchObject({
        'x-forwarded-for': '127.0.0.1',
        'x-real-ip': '127.0.0.1',
        'x-forwarded-proto': 'https',
      });
      for (const path of [
        '/System/Restart?h2',
        '/System/./Restart?h2',
        '//System/Restart?h2',
        '/%53ystem/Restart?h2',
      ])
        expect([path, await ask(path)]).not.toEqual([path, 'straight']);
    });
  },
);
