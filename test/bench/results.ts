import type { ProxyRounds, SlowRound } from './measures.ts';
import type { WayRounds } from './nginx-ways.ts';
import type { ResetMeasures } from './reset-load.ts';
import { judge, type Question, type Row, type Target } from './verdict.ts';

/** What was measured, as a table for people and as JSON. */
export interface Description {
  readonly table: string;
  readonly json: { readonly rows: readonly Row[] };
  /** True when no row was found to miss its target; undecided rows miss nothing. */
  readonly isPassed: boolean;
}

/** Says how Gatehouse stands to nginx in the same run, also behind it, and how quick the reset service is; each may be left out. */
export function describeResults(
  proxy: ProxyRounds | undefined,
  reset: ResetMeasures | undefined,
  ways?: WayRounds,
): Description {
  const questions = [
    ...(proxy === undefined ? [] : proxyQuestions(proxy)),
    ...(ways === undefined ? [] : wayQuestions(ways)),
    ...(reset === undefined ? [] : resetQuestions(reset)),
  ];
  return describeRows(questions.map(judge));
}

function resetQuestions({ askP99Ms, drainPerSecond, contactP99Ms }: ResetMeasures): Question[] {
  return [
    alone('request p99, mail server down, ms', [askP99Ms], { atMost: 50 }, 0),
    alone('outbox to a local sink, messages/s', [drainPerSecond], { atLeast: 200 }, 0),
    alone('look-up in 1,000,000 contacts p99, ms', [contactP99Ms], { atMost: 5 }, 0),
  ];
}

function proxyQuestions({ pairs, slow, starts }: ProxyRounds): Question[] {
  return [
    ratio('patched index.html, requests/s', pairs.page, { atLeast: 3 }),
    ratio('kept script, requests/s', pairs.script, { atLeast: 3 }),
    ratio('kept script, forced reload, requests/s', pairs.reloaded, { atLeast: 1 }),
    ratio('API pass-through, requests/s', pairs.api, { atLeast: 0.4 }),
    ratio('processor time of an API call', pairs.apiCpu, { atMost: 4 }),
    ratio('1 GiB stream, bytes/s', pairs.filmSpeed, { atLeast: 0.8 }),
    ratio('processor seconds for 1 GiB', pairs.filmCpu, { atMost: 1.5 }),
    beside('added latency p50, ms', pairs.addedP50, { atMost: 0.5 }),
    beside('added latency p99, ms', pairs.addedP99, { atMost: 3 }),
    ...slowQuestions('Content-Length', slow.length),
    ...slowQuestions('chunked', slow.chunked),
    alone(
      'start to first proxied byte, ms',
      starts.map(({ startMs }) => startMs),
      { atMost: 1_000 },
      0,
    ),
    alone(
      'idle memory, MB',
      starts.map(({ idleBytes }) => idleBytes / 1e6),
      { atMost: 90 },
      0,
    ),
  ];
}

/**
 * Beside an nginx without Gatehouse, which changes the page by `sub_filter`. What `full` costs an API call and a film is shown to
 * compare; it is what two proxies cost, one behind the other.
 */
function wayQuestions({ split, full }: WayRounds): Question[] {
  return [
    ratio('nginx split: index.html, requests/s', split.page, { atLeast: 3 }),
    ratio('nginx full: index.html, requests/s', full.page, { atLeast: 3 }),
    ratio('nginx split: API, requests/s', split.api, { atLeast: 0.95 }),
    ratio('nginx full: API, requests/s', full.api, { atLeast: 0.2 }),
    ratio('nginx split: 1 GiB stream, bytes/s', split.film, { atLeast: 0.95 }),
    ratio('nginx full: 1 GiB stream, bytes/s', full.film, { atLeast: 0.5 }),
  ];
}

function slowQuestions(framing: string, rounds: readonly Pair<SlowRound>[]): Question[] {
  const row = (name: string, key: keyof SlowRound, target: Target, impossible?: number): Question =>
    beside(
      `${name}, ${framing}`,
      rounds.map(({ nginx, gatehouse }) => ({ nginx: nginx[key], gatehouse: gatehouse[key] })),
      target,
      impossible,
    );
  return [
    row('slow stream, kB', 'heldKilobytes', { atMost: 80 }, 0),
    row('growth while held, kB', 'grownKilobytes', { atMost: 5 }),
    row('a second time, kB more', 'againKilobytes', { atMost: 20 }),
    row('left 1 s after', 'left', { atMost: 0 }),
  ];
}

/** One number of nginx and one of Gatehouse, taken one right after the other. */
export interface Pair<Value = number> {
  readonly nginx: Value;
  readonly gatehouse: Value;
}

/** Judges how one stands to the other in each pair. */
function ratio(measure: string, pairs: readonly Pair[], target: Target): Question {
  const results = pairs.map(({ nginx, gatehouse }) => gatehouse / nginx);
  return { ...beside(measure, pairs, target, 0), results };
}

/** Judges the values of Gatehouse, with nginx's for comparison. */
function beside(measure: string, pairs: readonly Pair[], target: Target, impossible?: number): Question {
  const nginx = pairs.map((pair) => pair.nginx);
  return {
    ...alone(
      measure,
      pairs.map((pair) => pair.gatehouse),
      target,
      impossible,
    ),
    nginx,
  };
}

/** Judges values that nginx has none of. */
function alone(measure: string, values: readonly number[], target: Target, impossible?: number): Question {
  const question = { measure, nginx: [], gatehouse: values, results: values, target };
  return impossible === undefined ? question : { ...question, impossible };
}

const COLUMNS = ['measure', 'nginx', 'gatehouse', 'result', 'spread', 'target'];
const WIDTHS = [38, 10, 10, 10, 18, 8];

function describeRows(rows: readonly Row[]): Description {
  const lines = rows.map(({ measure, nginx, gatehouse, result, target, verdict }) =>
    lineOf([
      measure,
      show(nginx),
      show(gatehouse),
      show(result.median),
      `${show(result.low)}..${show(result.high)}`,
      target,
      verdict,
    ]),
  );
  return {
    table: [lineOf(COLUMNS), ...lines].join('\n'),
    json: { rows },
    isPassed: rows.every(({ verdict }) => verdict !== 'NOT MET'),
  };
}

function lineOf(cells: readonly string[]): string {
  return cells
    .map((cell, column) => {
      const width = WIDTHS[column] ?? 0;
      return column === 0 ? cell.padEnd(width) : cell.padStart(width);
    })
    .join('  ');
}

function show(value: number): string {
  if (Math.abs(value) >= 1_000) return Math.round(value).toLocaleString('en');
  return value.toFixed(Math.abs(value) < 1 ? 3 : 2);
}
