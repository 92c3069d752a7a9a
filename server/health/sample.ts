/** One value of a metric, under its labels. */
export type Sample = readonly [labels: Readonly<Record<string, string>>, value: number];

/** A metric with its values. */
export type Samples = readonly [
  name: string,
  help: string,
  type: 'counter' | 'gauge',
  samples: readonly Sample[],
];
