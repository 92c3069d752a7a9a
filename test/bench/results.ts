import type { Measures, SlowStreams, Subject } from './measures.ts';
import type { ResetMeasures } from './reset-load.ts';

/** Everything one run has measured. */
export interface Results {
  readonly measures: Record<Subject['name'], Measures[]>;
  readonly slow: Partial<Record<Subject['name'], SlowStreams>>;
  readonly startMs: number;
  readonly idleBytes: number;
}

interface Row {
  readonly measure: string;
  readonly nginx: number;
  readonly gatehouse: number;
  /** Ratio, or the value itself where there is nothing to compare with. */
  readonly result: number;
  readonly target: string;
  readonly isMet: boolean;
}

/** What was measured, as a table for people and as JSON. */
export interface Description {
  readonly table: string;
  readonly json: { readonly rows: readonly Row[] };
}

/** Says how Gatehouse stands to nginx in the same run, and how quick the reset service is; either may be left out. */
export function describeResults(results: Results | undefined, reset: ResetMeasures | undefined): Description {
  return describeRows([
    ...(results === undefined ? [] : proxyRows(results)),
    ...(reset === undefined ? [] : resetRows(reset)),
  ]);
}

function resetRows({ askP99Ms, drainPerSecond, contactP99Ms }: ResetMeasures): Row[] {
  const atMost = (measure: string, gatehouse: number, most: number): Row => ({
    ...{ measure, nginx: 0, gatehouse, result: gatehouse, target: `< ${most}`, isMet: gatehouse < most },
  });
  return [
    atMost('request p99, mail server down, ms', askP99Ms, 50),
    {
      ...{ measure: 'outbox to a local sink, messages/s', nginx: 0, gatehouse: drainPerSecond },
      ...{ result: drainPerSecond, target: '≥ 200', isMet: drainPerSecond >= 200 },
    },
    atMost('look-up in 1,000,000 contacts p99, ms', contactP99Ms, 5),
  ];
}

function proxyRows(results: Results): Row[] {
  const of = (name: Subject['name'], key: keyof Measures): number =>
    median(results.measures[name].map((one) => one[key]));
  const ratio = (measure: string, key: keyof Measures, target: number, isLess = false): Row => {
    const [nginx, gatehouse] = [of('nginx', key), of('gatehouse', key)];
    const result = gatehouse / nginx;
    const isMet = isLess ? result <= target : result >= target;
    return { measure, nginx, gatehouse, result, target: `${isLess ? '≤' : '≥'} ${target}`, isMet };
  };
  const value = (measure: string, nginx: number, gatehouse: number, target: number): Row => ({
    ...{ measure, nginx, gatehouse, result: gatehouse, target: `≤ ${target}`, isMet: gatehouse <= target },
  });
  const added = (name: Subject['name'], key: keyof Measures): number => of(name, key) - of('upstream', key);
  const [slowNginx, slow] = [results.slow.nginx, results.slow.gatehouse];
  return [
    ratio('patched index.html, requests/s', 'pageRps', 3),
    ratio('API pass-through, requests/s', 'apiRps', 0.5),
    ratio('1 GiB stream, bytes/s', 'filmBytesPerSecond', 0.8),
    ratio('processor seconds for 1 GiB', 'filmCpuSecondsPerGb', 2, true),
    value('added latency p50, ms', added('nginx', 'latencyP50Ms'), added('gatehouse', 'latencyP50Ms'), 0.5),
    value('added latency p99, ms', added('nginx', 'latencyP99Ms'), added('gatehouse', 'latencyP99Ms'), 3),
    value(
      'memory of a slow stream, kB',
      (slowNginx?.bytesEachAtLast ?? 0) / 1000,
      (slow?.bytesEachAtLast ?? 0) / 1000,
      60,
    ),
    value('its growth while held, kB', grown(slowNginx), grown(slow), 5),
    value('streams left after 1 s', slowNginx?.left ?? 0, slow?.left ?? 0, 0),
    value('start to first proxied byte, ms', 0, results.startMs, 1000),
    value('idle memory, MB', 0, results.idleBytes / 1e6, 90),
  ];
}

function describeRows(rows: readonly Row[]): Description {
  const lines = rows.map((row) =>
    [
      row.measure.padEnd(34),
      show(row.nginx),
      show(row.gatehouse),
      show(row.result),
      row.target.padStart(7),
      row.isMet ? 'met' : 'NOT MET',
    ].join('  '),
  );
  const head = [
    'measure'.padEnd(34),
    'nginx'.padStart(10),
    'gatehouse'.padStart(10),
    'result'.padStart(10),
    ' target',
  ].join('  ');
  return { table: [head, ...lines].join('\n'), json: { rows } };
}

function grown(slow: SlowStreams | undefined): number {
  return slow === undefined ? 0 : (slow.bytesEachAtLast - slow.bytesEachAtFirst) / 1000;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

function show(value: number): string {
  const text =
    Math.abs(value) >= 1000 ? Math.round(value).toLocaleString('en') : value.toFixed(value < 1 ? 3 : 2);
  return text.padStart(10);
}
