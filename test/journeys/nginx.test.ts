import { describe, expect, it, onTestFinished } from 'vitest';
import { travel } from '../support/browser/method-journeys.ts';
import { useChromium } from '../support/browser/use-chromium.ts';
import { createFakeSubject, type SubjectUser } from '../support/jellyfin/subject.ts';
import { generateNginx, startGeneratedNginx } from '../support/network/generated-nginx.ts';
import { useStage } from '../support/program/gatehouse.ts';

const browser = useChromium();

describe.each(['10.11.11', '12.0'] as const)(
  'behind the nginx of `gatehouse nginx`, on %s',
  { timeout: 180_000 },
  (version) => {
    const staged = useStage(() => createFakeSubject({ version }));

    it.each(['full', 'split'] as const)('a password is chosen with --mode %s', async (mode) => {
      const { subject, stage } = staged();
      const nginx = await startGeneratedNginx(await generateNginx(stage.configPath, mode));
      onTestFinished(() => nginx.close());
      const url = `http://127.0.0.1:${nginx.port}`;
      await stage.reload({ trustedProxies: '127.0.0.1', publicUrl: url });
      const user = subject.users[mode === 'full' ? 0 : 1] as SubjectUser;
      const journey = {
        browser: browser(),
        stage: { ...stage, url },
        subject,
        user,
        place: 'outside' as const,
      };

      await travel('link', { ...journey, password: `a phrase for ${mode}` });

      expect(stage.log.events()).not.toContain('request-failed');
      const isStraight = subject.fake?.journal.some(({ headers }) => headers['x-real-ip'] !== undefined);
      expect(isStraight).toBe(mode === 'split');
    });
  },
);
