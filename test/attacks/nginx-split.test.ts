import { once } from 'node:events';
import { connect } from 'node:http2';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { findGuardedRoute } from '../../injector/jellyfin/guarded-routes.ts';
import { canonicalPath } from '../../injector/jellyfin/path.ts';
import { findRoute } from '../../injector/jellyfin/routes.ts';
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
import { sendRaw, statusOf } from '../support/network/raw-http.ts';
import { GUARDED, HARMLESS, HOSTILE, spell } from '../support/network/spellings.ts';
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
    let marks = 0;

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
    });
    afterAll(async () => {
      await nginx?.close();
      await stage?.close();
      await subject?.close();
    });

    /** Sends one request line, and says how it arrived at Jellyfin: what went through Gatehouse has lost its X-Real-IP. */
    async function send(method: string, target: string) {
      marks += 1;
      const mark = `mark=${marks}-`;
      const body = method === 'POST' ? '{}' : '';
      const marked = `${target}${target.includes('?') ? '&' : '?'}${mark}`;
      const answer = await sendRaw(
        nginx.port,
        `${method} ${marked} HTTP/1.1\r\nHost: a\r\n${CLIENT_HEADER}: 203.0.113.7\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
        10_000,
      );
      const arrived = subject.fake?.journal.find(({ path }) => path.includes(mark));
      const way =
        arrived === undefined
          ? 'none'
          : arrived.headers['x-real-ip'] === undefined
            ? 'gatehouse'
            : 'straight';
      return { answer, way, isUnchanged: arrived?.path === marked };
    }

    /** Whether Jellyfin takes a target for something that Gatehouse has to do with. */
    function isOurs(method: string, target: string): boolean {
      const inOrigin = target.replace(/^http:\/\/a(?=\/)/i, '');
      const path = canonicalPath(inOrigin, { basePath: baseUrl, hasLegacyPrefixes: true });
      return (
        path !== undefined && (findRoute(method, path) !== undefined || findGuardedRoute(path) !== undefined)
      );
    }

    it('lets none of 600 spellings of what Gatehouse answers or guards past it', {
      timeout: 90_000,
    }, async () => {
      const spellings = spell(
        GUARDED.map(([, path]) => path),
        baseUrl,
        600,
        seed,
      );
      const tally = { ours: 0, straight: 0, gatehouse: 0 };
      const wrong: string[] = [];
      const waiting = [...spellings.entries()];
      const work = async (): Promise<void> => {
        for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
          const [index, spelling] = next;
          const [method = ''] = GUARDED[index % GUARDED.length] ?? [];
          const ours = isOurs(method, spelling);
          const { way, isUnchanged } = await send(method, spelling);
          if (ours) tally.ours += 1;
          if (way === 'straight') tally.straight += 1;
          if (way === 'gatehouse') tally.gatehouse += 1;
          if (ours && way === 'straight') wrong.push(`${method} ${spelling} went past Gatehouse`);
          const isAbsolute = /^http:/i.test(spelling);
          if (way !== 'none' && !isUnchanged && !isAbsolute) wrong.push(`${spelling} was changed on the way`);
        }
      };
      await Promise.all(Array.from({ length: 8 }, work));
      expect(wrong).toEqual([]);
      // The generator must hit all sides, or nothing was shown.
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
        const { answer, way } = await send('POST', target);
        expect(way, target).not.toBe('straight');
        expect(statusOf(answer), target).toBeGreaterThanOrEqual(200);
      }
    });

    it('takes nothing that clients ask of Jellyfin through Gatehouse, in whatever letter case', async () => {
      for (const path of [...HARMLESS, CHUNK]) {
        for (const target of [`${baseUrl}${path}`, `${baseUrl}${path.toLowerCase()}`]) {
          const { way, isUnchanged } = await send('GET', target);
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
      const { answer, way } = await send('post', `${baseUrl}/System/Restart`);
      expect([statusOf(answer), way]).toEqual([400, 'none']);
    });
  },
);
