import { once } from 'node:events';
import { connect } from 'node:http2';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createFakeSubject, type Subject } from '../support/jellyfin/subject.ts';
import { makeCertificate } from '../support/network/certificates.ts';
import {
  CLIENT_HEADER,
  generateNginx,
  generateSnippet,
  startGeneratedNginx,
  startSnippet,
} from '../support/network/generated-nginx.ts';
import type { Nginx } from '../support/network/nginx.ts';
import { HARMLESS, HOSTILE } from '../support/network/spellings.ts';
import { createSplitProbe, type SplitProbe, tallyOf } from '../support/network/split-probe.ts';
import { createStage, type Stage } from '../support/program/gatehouse.ts';

/** Goes past Gatehouse only where it keeps no files. */
const CHUNK = '/web/session-login.0123456789abcdef0123.chunk.js';

describe.each([
  ['10.11.11', '', 51, 'configuration'],
  ['10.11.11', '/jellyfin', 52, 'configuration'],
  ['12.0', '', 53, 'snippet'],
] as const)(
  'nginx in front of Jellyfin %s with the base URL "%s", films straight to Jellyfin',
  (version, baseUrl, seed, shape) => {
    let subject: Subject;
    let stage: Stage;
    let nginx: Nginx;
    let probe: SplitProbe;

    beforeAll(async () => {
      subject = await createFakeSubject({ version, baseUrl, hashMs: 1 });
      stage = await createStage(subject, {
        trustedProxies: '127.0.0.1',
        more: 'cache: { web: false }\nloginThrottle: { enabled: true, lan: true }',
      });
      nginx =
        shape === 'snippet'
          ? await startSnippet(await generateSnippet(stage.configPath, 'split'))
          : await startGeneratedNginx(await generateNginx(stage.configPath, 'split'));
      const head = `Host: a\r\n${CLIENT_HEADER}: 203.0.113.7\r\n`;
      probe = createSplitProbe(subject, baseUrl, { port: nginx.port, head, host: 'a' });
    });
    afterAll(async () => {
      await nginx?.close();
      await stage?.close();
      await subject?.close();
    });

    it('lets none of 600 spellings of what Gatehouse answers or guards past it', {
      timeout: 90_000,
    }, async () => {
      const calls = await probe.sendSpellings(600, seed);
      const wrong = calls.flatMap(({ method, spelling, isOurs, way, isUnchanged }) => {
        const isAbsolute = /^http:/i.test(spelling);
        return [
          ...(isOurs && way === 'straight' ? [`${method} ${spelling} went past Gatehouse`] : []),
          ...(way !== 'none' && !isUnchanged && !isAbsolute ? [`${spelling} was changed on the way`] : []),
        ];
      });
      expect(wrong).toEqual([]);
      // The generator must hit all sides, or nothing was shown.
      const tally = tallyOf(calls);
      expect(tally.ours).toBeGreaterThan(150);
      expect(tally.gatehouse).toBeGreaterThan(50);
      expect(tally.straight).toBeGreaterThan(0);
    });

    it.each(HOSTILE)('takes %s to Gatehouse', async (spelling) => {
      for (const target of [
        `${baseUrl}${spelling}`,
        `http://a${baseUrl}${spelling}`,
        `http://b${baseUrl}${spelling}`,
      ]) {
        const { status, way } = await probe.send('POST', target);
        expect(way, target).not.toBe('straight');
        expect(status, target).toBeGreaterThanOrEqual(200);
      }
    });

    it('takes nothing that clients ask of Jellyfin through Gatehouse, in whatever letter case', async () => {
      for (const path of [...HARMLESS, CHUNK]) {
        for (const target of [`${baseUrl}${path}`, `${baseUrl}${path.toLowerCase()}`]) {
          const { way, isUnchanged } = await probe.send('GET', target);
          expect([target, way, isUnchanged]).toEqual([target, 'straight', true]);
        }
      }
    });

    it('tells the same over https and HTTP/2', async () => {
      const certificate = makeCertificate();
      const secure = await startGeneratedNginx(
        await generateNginx(stage.configPath, 'split', true),
        certificate,
      );
      onTestFinished(() => secure.close());
      const client = connect(`https://127.0.0.1:${secure.port}`, { ca: certificate.cert });
      onTestFinished(() => client.close());
      const ask = async (path: string): Promise<string | undefined> => {
        const stream = client.request({ ':path': `${baseUrl}${path}`, [CLIENT_HEADER]: '203.0.113.7' });
        await once(stream.resume().end(), 'close');
        const arrived = subject.fake?.journal.find((entry) => entry.path === `${baseUrl}${path}`);
        if (arrived?.headers['x-real-ip'] === undefined) return 'not straight';
        return `${arrived.headers['x-forwarded-proto']} ${arrived.headers['x-forwarded-for']}`;
      };
      expect(await ask('/Users/Public?h2')).toBe('https 203.0.113.7');
      for (const path of [
        '/System/Restart?h2',
        '/System/./Restart?h2',
        '//System/Restart?h2',
        '/%53ystem/Restart?h2',
      ])
        expect([path, await ask(path)]).toEqual([path, 'not straight']);
    });

    it('refuses methods in lower case, which Jellyfin would take', async () => {
      const { status, way } = await probe.send('post', `${baseUrl}/System/Restart`);
      expect([status, way]).toEqual([400, 'none']);
    });
  },
);
