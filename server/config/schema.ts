import { z } from 'zod';
import type { Mod } from '../../injector/kit/define-mod.ts';
import { cacheSection } from './sections/cache.ts';
import { guardSection } from './sections/guard.ts';
import { jellyfinSection } from './sections/jellyfin.ts';
import { listenSection } from './sections/listen.ts';
import { logSection } from './sections/log.ts';
import { loginThrottleSection } from './sections/login-throttle.ts';
import { mailSection } from './sections/mail.ts';
import { metricsSection } from './sections/metrics.ts';
import { createModsSection } from './sections/mods.ts';
import { serviceSection } from './sections/private-line.ts';
import { publicSection } from './sections/public.ts';
import { resetSection } from './sections/reset.ts';
import { storageSection } from './sections/storage.ts';

/**
 * The schema of `config.yaml`, the one place that says what may stand in it. Strict everywhere: a typo is an error.
 * What fields need of each other is in `together.ts`; what the program gets out of it is `Config` in `config.ts`.
 *
 * @param mods The mods that may be switched on; `MODS` of `injector/mods/index.ts`, or fewer in tests.
 */
export function createConfigSchema(mods: readonly Mod[]) {
  return z
    .strictObject({
      listen: listenSection,
      public: publicSection.optional(),
      jellyfin: jellyfinSection,
      guard: guardSection,
      reset: resetSection.optional(),
      service: serviceSection.optional(),
      loginThrottle: loginThrottleSection,
      mail: mailSection.optional(),
      storage: storageSection,
      cache: cacheSection,
      log: logSection,
      metrics: metricsSection,
      mods: createModsSection(mods),
    })
    .meta({ title: 'Gatehouse configuration', description: 'Everything config.yaml may say.' });
}

/** What the schema gives when everything fits. */
export type ParsedConfig = z.output<ReturnType<typeof createConfigSchema>>;
