import { afterAll, beforeAll } from 'vitest';
import type { Subject } from '../jellyfin/subject.ts';
import { type ConfigLines, createStage, type Stage } from './gatehouse.ts';

/** A server of the journeys and the Gatehouse in front of it. */
export interface Staged {
  readonly subject: Subject;
  readonly stage: Stage;
}

/**
 * A server with Gatehouse in front for all tests of a `describe`; ask for both inside a test.
 *
 * @param open Opens the server.
 * @param linesFor The lines of the config that this server needs; default none.
 * @param isSplit As for `createStage`.
 */
export function useStage(
  open: () => Promise<Subject>,
  linesFor: (subject: Subject) => ConfigLines | Promise<ConfigLines> = () => ({}),
  isSplit?: boolean,
): () => Staged {
  let subject: Subject | undefined;
  let stage: Stage | undefined;
  beforeAll(async () => {
    subject = await open();
    stage = await createStage(subject, await linesFor(subject), isSplit);
  });
  afterAll(async () => {
    await stage?.close();
    await subject?.close();
  });
  return () => {
    if (subject === undefined || stage === undefined)
      throw new Error('The stage is there while a test runs only.');
    return { subject, stage };
  };
}
