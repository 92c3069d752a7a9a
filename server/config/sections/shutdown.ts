import { z } from 'zod';
import { duration } from '../duration.ts';

/** How long people are still served once balancers hear to send nobody new. */
export const drainDuration = duration('0s', '10m', '5s or 1m');

/** How the program ends when it is told to. Its output is in milliseconds. */
export const shutdownSection = z
  .strictObject({
    drain: drainDuration.prefault('0s').meta({
      description:
        'How long everybody is served as before once the health page says draining, 0s to 10m: what a balancer in front needs to notice it. `gatehouse serve --drain 5s` goes before it.',
    }),
    grace: duration('0s', '6h', '30s or 5m').prefault('30s').meta({
      description:
        'How long films and other answers under way may then go on, 0s to 6h, before they are cut. Nobody new is let in meanwhile.',
    }),
  })
  .prefault({})
  .meta({ description: 'How Gatehouse ends when it is told to (SIGTERM, SIGINT).' });
