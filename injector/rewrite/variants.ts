import type { IncomingMessage } from 'node:http';
import { LRUCache } from 'lru-cache';
import { type TabMode, tabModeOf } from '../jellyfin/tab-mode.ts';
import { type Condition, createHolds, headersOf, isByAsker } from '../kit/conditions.ts';
import type { RewrittenFiles, Variant } from './rewritten-files.ts';

/** The rewritten files of one configuration, one set for each combination of entries that are on. */
export interface Variants {
  /**
   * What a request gets. A combination that nobody has asked for before is made first.
   *
   * @param client Address of the client.
   * @param isPage Whether the page itself is asked for.
   */
  pick(request: IncomingMessage, client: string, isPage: boolean): RewrittenFiles | Promise<RewrittenFiles>;
  /** Ends what runs for them, when what is under way is done. Idempotent. */
  close(): void;
}

/** Most combinations that are kept; a configuration that has more makes the ones asked for least anew. */
export const MAX_VARIANTS = 64;
/** How long one that could not be made is stood in for before it is tried again, in milliseconds. */
export const MAKE_AGAIN_AFTER_MS = 10_000;

/**
 * Makes the variants; without conditions there is one, and nothing is decided at a request.
 *
 * @param parts.conditions By id of the entry.
 * @param parts.make Makes the files of a variant; called once for each while it is kept.
 * @param parts.first The files for everybody, without entries that have conditions.
 * @param parts.isEverChanged Whether any entry changes a file.
 * @param parts.onFailure Told when a variant cannot be made; `first` then stands in for it.
 * @param parts.now The time, for conditions. @default the clock
 * @param parts.elapsedMs Milliseconds of a clock that never goes back.
 */
export function createVariants(parts: {
  readonly conditions: { readonly [id: string]: Condition };
  readonly make: (variant: Variant) => Promise<RewrittenFiles>;
  readonly first: RewrittenFiles;
  readonly isEverChanged: Variant['isEverChanged'];
  readonly close: () => void;
  readonly onFailure: (error: unknown) => void;
  readonly now?: () => Date;
  readonly elapsedMs?: () => number;
}): Variants {
  const { first, isEverChanged, make, onFailure, now = () => new Date() } = parts;
  const { elapsedMs = () => performance.now() } = parts;
  const entries = Object.entries(parts.conditions).map(([id, condition]) => ({
    id,
    holds: createHolds(condition),
    isPreview: condition.preview === true,
  }));
  const varies = variesOf(parts.conditions);
  const isForAll = isForAllOf(parts.conditions);
  const kept = new LRUCache<string, Kept>({ max: MAX_VARIANTS });

  function of(key: string, variant: Variant): Kept['files'] {
    const known = kept.get(key);
    if (known !== undefined && elapsedMs() < known.untilMs) return known.files;
    const files = make(variant).then(
      (made) => {
        kept.set(key, { files: made, untilMs: Number.POSITIVE_INFINITY });
        return made;
      },
      (error: unknown) => {
        kept.set(key, { files: first, untilMs: elapsedMs() + MAKE_AGAIN_AFTER_MS });
        onFailure(error);
        return first;
      },
    );
    kept.set(key, { files, untilMs: Number.POSITIVE_INFINITY });
    return files;
  }

  function withoutOf(request: IncomingMessage, client: string, mode: TabMode | undefined): string[] {
    const circumstances = {
      address: client,
      userAgent: request.headers['user-agent'],
      acceptLanguage: request.headers['accept-language'],
      isPreview: mode === 'preview',
      now: now(),
    };
    return entries.filter(({ holds }) => !holds(circumstances)).map(({ id }) => id);
  }

  const audienceOf = (without: readonly string[]): string =>
    entries
      .map(({ id }) => id)
      .filter((id) => !without.includes(id))
      .join(' ');

  return {
    pick(request, client, isPage) {
      const mode = tabModeOf(request, isPage);
      if (mode === 'off')
        return of('off', {
          ...{ audience: 'bare', without: [], varies, isEverChanged },
          ...{ isBare: true, isForTab: true, isForAll: false },
        });
      if (entries.length === 0) return first;
      const without = withoutOf(request, client, mode);
      return without.length === entries.length
        ? first
        : of(without.join(' '), {
            audience: audienceOf(without),
            without,
            varies,
            isEverChanged,
            isBare: false,
            isForTab: entries.some(({ id, isPreview }) => isPreview && !without.includes(id)),
            isForAll,
          });
    },
    close: parts.close,
  };
}

/** What stands for a variant, and until when; on the clock of `elapsedMs`. */
interface Kept {
  readonly files: RewrittenFiles | Promise<RewrittenFiles>;
  readonly untilMs: number;
}

/** Whether none of them looks at who asks. */
export function isForAllOf(conditions: { readonly [id: string]: Condition }): boolean {
  return !Object.values(conditions).some(isByAsker);
}

/** Headers of requests that some conditions look at. */
export function variesOf(conditions: { readonly [id: string]: Condition }): string[] {
  return [...new Set(Object.values(conditions).flatMap(headersOf))];
}
