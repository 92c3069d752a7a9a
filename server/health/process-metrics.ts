import { constants, monitorEventLoopDelay, PerformanceObserver } from 'node:perf_hooks';

/** What this process itself has used since it was first asked to be watched. */
export interface ProcessNumbers {
  /** How late the event loop was, in seconds, by `min`, `max`, `mean`, `p50` …; nothing while nothing was measured. */
  eventLoop(): Readonly<Record<string, number>>;
  /** Collections of garbage since the first call, in Prometheus' text format. */
  garbage(): string;
}

/** How often the event loop is looked at, in milliseconds; what prom-client takes. */
const RESOLUTION_MS = 10;

const KINDS: Readonly<Record<number, string>> = {
  [constants.NODE_PERFORMANCE_GC_MAJOR]: 'major',
  [constants.NODE_PERFORMANCE_GC_MINOR]: 'minor',
  [constants.NODE_PERFORMANCE_GC_INCREMENTAL]: 'incremental',
  [constants.NODE_PERFORMANCE_GC_WEAKCB]: 'weakcb',
};

/** An entry of type `gc`. Source: Node.js, PerformanceNodeEntry. */
interface Collection {
  readonly duration: number;
  readonly detail: { readonly kind: number };
}

let watched: ProcessNumbers | undefined;

/** Watches this process from the first call on; each later call answers the same. Costs one native counter. */
export function watchProcess(): ProcessNumbers {
  watched ??= startWatching();
  return watched;
}

function startWatching(): ProcessNumbers {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  const collections = new Map(Object.values(KINDS).map((kind) => [kind, { count: 0, ms: 0 }]));
  /** Only once somebody reads them: each collection costs a call, and a busy page has thousands a second. */
  const observe = (): void => {
    new PerformanceObserver((list) => {
      for (const { duration, detail } of list.getEntries() as unknown as readonly Collection[]) {
        const sum = collections.get(KINDS[detail.kind] ?? '');
        if (sum === undefined) continue;
        sum.count += 1;
        sum.ms += duration;
      }
    }).observe({ entryTypes: ['gc'] });
  };
  let isObserved = false;
  return {
    eventLoop() {
      if (delay.count === 0) return {};
      const { min, max, mean, stddev } = delay;
      const [p50, p90, p99] = [50, 90, 99].map((percent) => delay.percentile(percent));
      const values = Object.entries({ min, max, mean, stddev, p50, p90, p99 });
      return Object.fromEntries(values.map(([name, nanoseconds = 0]) => [name, nanoseconds / 1e9]));
    },
    garbage() {
      if (!isObserved) observe();
      isObserved = true;
      const name = 'gatehouse_nodejs_gc_duration_seconds';
      const lines = [
        `# HELP ${name} Collections of garbage since the first reading, by kind.`,
        `# TYPE ${name} summary`,
      ];
      for (const [kind, { count, ms }] of collections)
        lines.push(`${name}_sum{kind="${kind}"} ${ms / 1000}`, `${name}_count{kind="${kind}"} ${count}`);
      return `${lines.join('\n')}\n`;
    },
  };
}
