import { readFile } from 'node:fs/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { WorkChallenge } from '../../../server/http/contract.ts';
import { solveChallenge } from '../../support/browser/solve-challenge.ts';
import { createFakeSubject } from '../../support/jellyfin/subject.ts';
import { createStage, type Stage } from '../../support/program/gatehouse.ts';

async function start(reset: string): Promise<Stage> {
  const subject = await createFakeSubject({ version: '10.11.11', hashMs: 1 });
  onTestFinished(() => subject.close());
  const stage = await createStage(subject);
  onTestFinished(() => stage.close());
  await stage.apply(`
listen: { host: 127.0.0.1, port: ${new URL(stage.url).port} }
public: { url: '${stage.url}' }
jellyfin: { url: '${subject.url}', apiKey: ${subject.apiKey} }
reset: ${reset}
mail: { url: '${stage.inbox.url}', from: Jellyfin <noreply@example.org> }
storage: ${stage.storagePath}
`);
  return stage;
}

async function post(stage: Stage, path: string, body: object): Promise<{ status: number; json: unknown }> {
  const response = await fetch(`${stage.url}${path}`, {
    ...{ method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
  });
  return { status: response.status, json: await response.json() };
}

const PAGE = '/gatehouse/api/reset-requests';

describe('where proofs of work are always asked for', () => {
  it('our page gets a puzzle, the same for every name, and a message for its answer, once', async () => {
    const stage = await start('{ method: link, proofOfWork: { when: always, hashes: 1000 } }');
    const known = await post(stage, PAGE, { enteredName: 'alice' });
    const unknown = await post(stage, PAGE, { enteredName: 'nobody' });
    expect(known.status).toBe(428);
    const shapeOf = ({ json }: typeof known): string =>
      JSON.stringify(json).replace(/[0-9a-f]{32,}|\d{9,}/g, 'x');
    expect({ ...unknown, json: shapeOf(unknown) }).toEqual({ status: 428, json: shapeOf(known) });
    const { challenge } = known.json as { challenge: WorkChallenge };
    const asked = { enteredName: 'alice', proof: solveChallenge(challenge) };
    expect(await post(stage, PAGE, asked)).toEqual({ status: 202, json: {} });
    expect((await post(stage, PAGE, asked)).status).toBe(428);
    await stage.inbox.waitFor(1);
  });

  it('the form of Jellyfin, which can solve none, is sent to our page', async () => {
    const stage = await start('{ method: link, proofOfWork: { when: always } }');
    for (const EnteredUsername of ['alice', 'nobody'])
      expect(await post(stage, '/Users/ForgotPassword', { EnteredUsername })).toEqual({
        ...{ status: 200, json: { Action: 'InNetworkRequired', PinFile: '' } },
      });
    expect(stage.inbox.messages).toEqual([]);
  });

  it.each([
    ['a puzzle with more in it', { extra: 1 }],
    ['hex in capitals', { nonce: 'A'.repeat(32) }],
    ['a nonce that is too short', { nonce: '00' }],
  ])('a body with %s is no body of ours', async (_what, more) => {
    const stage = await start('{ method: link, proofOfWork: { when: always, hashes: 1000 } }');
    const { json } = await post(stage, PAGE, { enteredName: 'alice' });
    const proof = solveChallenge((json as { challenge: WorkChallenge }).challenge);
    const changed = { ...proof, challenge: { ...proof.challenge, ...more } };
    expect((await post(stage, PAGE, { enteredName: 'alice', proof: changed })).status).toBe(400);
  });
});

describe('where they are asked for as needed', () => {
  it('half of a network is free, the rest is work, and it is so after a restart', async () => {
    const reset = '{ method: link, limits: { requestsPerClientPerHour: 4 }, proofOfWork: { hashes: 1000 } }';
    const stage = await start(reset);
    expect((await post(stage, PAGE, { enteredName: 'alice' })).status).toBe(202);
    const form = await post(stage, '/Users/ForgotPassword', { EnteredUsername: 'alice' });
    expect(form.json).toEqual({ Action: 'ContactAdmin', PinFile: '' });
    expect((await post(stage, PAGE, { enteredName: 'alice' })).status).toBe(428);
    // A changed configuration makes a new service over the same storage.
    const text = await readFile(stage.configPath, 'utf8');
    await stage.apply(`${text}loginThrottle: { failures: 9 }\n`);
    expect((await post(stage, PAGE, { enteredName: 'bob' })).status).toBe(428);
  });
});
