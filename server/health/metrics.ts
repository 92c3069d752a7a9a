import type { Registry } from 'prom-client';
import { type TrafficNumbers, UPSTREAM_BOUNDS_MS } from '../../injector/answers/traffic.ts';
import type { InjectorReport } from '../../injector/injector.ts';
import { AUDITED_EVENTS, COUNTERS } from '../audit/events.ts';
import type { ResetStatus } from '../ports/reset-service.ts';
import { watchProcess } from './process-metrics.ts';

/** One value of a metric, under its labels. */
export type Sample = readonly [labels: Readonly<Record<string, string>>, value: number];

/** A metric with its values. */
export type Samples = readonly [
  name: string,
  help: string,
  type: 'counter' | 'gauge',
  samples: readonly Sample[],
];

/** What the metrics tell of the reset service: each counter of an event, and how the outbox stands. */
export function* samplesOfReset(reset: ResetStatus | undefined): Generator<Samples> {
  if (reset === undefined) return;
  const isHere = reset.storage !== 'unreachable';
  yield ['gatehouse_reset_up', 'Whether the reset service answers.', 'gauge', [[{}, isHere ? 1 : 0]]];
  if (!isHere) return;
  const { outbox, oldestWaitingMs, storage, events } = reset;
  const rows: Sample[] = Object.entries(outbox).map(([state, value]) => [{ state }, value]);
  yield ['gatehouse_outbox_rows', 'Work of the reset service, by state.', 'gauge', rows];
  yield [
    'gatehouse_outbox_oldest_seconds',
    'How long the oldest piece of work has waited; 0 when none waits.',
    'gauge',
    [[{}, oldestWaitingMs / 1000]],
  ];
  yield [
    'gatehouse_storage_up',
    'Whether the database can be used.',
    'gauge',
    [[{}, storage === 'open' ? 1 : 0]],
  ];
  for (const [name, help] of Object.entries(COUNTERS)) {
    const counted = events.filter(({ counter }) => counter === name);
    const samples = counted.map(({ labels, value }): Sample => [labels, value]);
    // A counter that begins with 1 looks to Prometheus as if nothing had happened.
    const shown: readonly Sample[] = samples.length === 0 && !hasLabels(name) ? [[{}, 0]] : samples;
    if (shown.length > 0) yield [name, help, 'counter', shown];
  }
}

function hasLabels(name: string): boolean {
  return Object.values(AUDITED_EVENTS).some(
    ({ counter }) => counter?.name === name && counter.labels.length > 0,
  );
}

/** Writes the numbers in Prometheus' text format. */
export type Metrics = (
  injector: InjectorReport | undefined,
  reset: ResetStatus | undefined,
) => Promise<{ readonly type: string; readonly text: string }>;

/**
 * Makes the writer. prom-client is loaded with the first reading, so that its 22 MB cost nobody anything who reads none;
 * how much processor it used and how late the event loop was are counted from here on all the same.
 */
export function createMetrics(): Metrics {
  const own = watchProcess();
  let loaded: ReturnType<typeof load> | undefined;
  return async (injector, reset) => {
    loaded ??= load();
    const { registry, set } = await loaded;
    if (injector !== undefined)
      for (const [name, help, type, samples] of samplesOf(injector)) set(name, help, type, samples);
    for (const [name, help, type, samples] of samplesOfReset(reset)) set(name, help, type, samples);
    for (const [name, seconds] of Object.entries(own.eventLoop()))
      set(`gatehouse_nodejs_eventloop_lag_${name}_seconds`, 'How late the event loop was.', 'gauge', [
        [{}, seconds],
      ]);
    return {
      type: registry.contentType,
      text:
        (await registry.metrics()) +
        own.garbage() +
        (injector === undefined ? '' : histogram(injector.traffic)),
    };
  };
}

async function load() {
  const { default: prometheus } = await import('prom-client');
  const registry: Registry = new prometheus.Registry();
  const { user, system } = process.cpuUsage();
  prometheus.collectDefaultMetrics({ register: registry, prefix: 'gatehouse_' });
  // It counts from here; the process began before.
  for (const [name, microseconds] of [
    ['user_', user],
    ['system_', system],
    ['', user + system],
  ] as const) {
    const counter = registry.getSingleMetric(`gatehouse_process_cpu_${name}seconds_total`);
    if (counter instanceof prometheus.Counter) counter.inc(microseconds / 1e6);
  }
  // In place of these stand ours, which never say NaN.
  for (const { name } of await registry.getMetricsAsJSON())
    if (/_nodejs_(?:eventloop_lag|gc_duration)_/.test(name)) registry.removeSingleMetric(name);

  /** Our counters are kept as plain numbers elsewhere; what prom-client holds is replaced at each reading. */
  function set(name: string, help: string, type: 'counter' | 'gauge', samples: readonly Sample[]): void {
    const options = { name, help, labelNames: Object.keys(samples[0]?.[0] ?? {}), registers: [registry] };
    registry.removeSingleMetric(name);
    const metric = type === 'counter' ? new prometheus.Counter(options) : new prometheus.Gauge(options);
    for (const [labels, value] of samples) metric.inc({ ...labels }, value);
  }
  return { registry, set };
}

function* samplesOf({ jellyfin, mods, webSockets, traffic }: InjectorReport): Generator<Samples> {
  const isUp = jellyfin.state === 'ready' || jellyfin.state === 'unhealthy';
  yield ['gatehouse_jellyfin_up', 'Whether Jellyfin can be used.', 'gauge', [[{}, isUp ? 1 : 0]]];
  yield ['gatehouse_websockets_open', 'Open WebSockets.', 'gauge', [[{}, webSockets]]];
  const on = mods.map(({ name, leftOut }): Sample => [{ mod: name }, leftOut === undefined ? 1 : 0]);
  if (on.length > 0) yield ['gatehouse_mod_on', 'Whether a mod that is switched on takes part.', 'gauge', on];
  const answers = [...traffic.answers].map(([key, value]): Sample => {
    const [handler = '', status = ''] = key.split(' ');
    return [{ handler, status }, value];
  });
  if (answers.length > 0)
    yield [
      'gatehouse_requests_total',
      'Requests by who answered and the class of the status.',
      'counter',
      answers,
    ];
  const refused = [...traffic.refused].map(([reason, value]): Sample => [{ reason }, value]);
  if (refused.length > 0)
    yield ['gatehouse_refused_total', 'Requests refused by request validation.', 'counter', refused];
  yield [
    'gatehouse_bytes_total',
    'Bytes on the connections of clients.',
    'counter',
    [
      [{ direction: 'received' }, traffic.receivedBytes],
      [{ direction: 'sent' }, traffic.sentBytes],
    ],
  ];
}

/** Counted in plain numbers, so written as prom-client writes its own. Source: Prometheus text format 0.0.4. */
function histogram({ upstream }: TrafficNumbers): string {
  const name = 'gatehouse_upstream_seconds';
  const lines = [
    `# HELP ${name} Time until the head of an answer of Jellyfin's.`,
    `# TYPE ${name} histogram`,
  ];
  let below = 0;
  for (const [index, bound] of UPSTREAM_BOUNDS_MS.entries()) {
    below += upstream.counts[index] ?? 0;
    lines.push(`${name}_bucket{le="${bound / 1000}"} ${below}`);
  }
  lines.push(`${name}_bucket{le="+Inf"} ${upstream.count}`);
  lines.push(`${name}_sum ${upstream.sumMs / 1000}`, `${name}_count ${upstream.count}`);
  return `${lines.join('\n')}\n`;
}
