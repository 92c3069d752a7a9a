import { AUDITED_EVENTS, COUNTERS } from '../audit/events.ts';
import type { ResetSight } from './reset-sight.ts';
import type { Sample, Samples } from './sample.ts';

/** What the metrics tell of the reset service: each counter of an event, and how the outbox stands. */
export function* samplesOfReset(reset: ResetSight | undefined): Generator<Samples> {
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
