import { randomBytes } from 'node:crypto';
import { expect, it, onTestFinished, vi } from 'vitest';
import { composeHealth } from '../../../server/health/status.ts';
import { createKeyNote, createKeyWatch } from '../../../server/jellyfin/key-state.ts';
import { createFakeJellyfin } from '../../jellyfin/fake-jellyfin.ts';
import { createLogLines } from '../../support/log/log-lines.ts';

async function open() {
  const apiKey = randomBytes(16).toString('hex');
  const jellyfin = await createFakeJellyfin({ version: '10.11.11', apiKeys: [apiKey] });
  const lines = createLogLines();
  const note = createKeyNote(lines.log);
  const heard: (string | undefined)[] = [];
  const set = (state: typeof note.state) => {
    heard.push(state);
    note.set(state);
  };
  const watch = createKeyWatch({ ...note, set }, 20);
  onTestFinished(async () => {
    watch.stop();
    await jellyfin.close();
  });
  const hear = async (state: string, times: number) =>
    vi.waitFor(() => expect(heard.filter((one) => one === state).length).toBeGreaterThanOrEqual(times), {
      timeout: 20_000,
      interval: 5,
    });
  return { jellyfin, apiKey, lines, note, watch, hear };
}

it('a key that is refused is logged once with what to do, and once when one is accepted again', async () => {
  const { jellyfin, apiKey, lines, note, watch, hear } = await open();
  watch.start({ url: jellyfin.url, apiKey: 'not-a-key-1234' });
  await hear('refused', 3);
  // Another wrong one, as after a reload, is no news.
  watch.start({ url: jellyfin.url, apiKey: 'not-a-key-either' });
  await hear('refused', 5);
  expect(note.state).toBe('refused');
  watch.start({ url: jellyfin.url, apiKey });
  await hear('accepted', 3);
  expect(lines.events()).toEqual(['api-key-refused', 'api-key-accepted']);
  expect(lines.text()).toContain('jellyfin.apiKey');
});

it('a key that is accepted from the start is no event, nor is a Jellyfin that is away', async () => {
  const { jellyfin, apiKey, lines, note, watch, hear } = await open();
  watch.start({ url: jellyfin.url, apiKey });
  await hear('accepted', 2);
  watch.start({ url: 'http://127.0.0.1:1', apiKey });
  expect(note.state).toBe('unknown');
  watch.start({ url: jellyfin.url });
  expect(note.state).toBeUndefined();
  expect(lines.events()).toEqual([]);
});

it('health of a reset service alone says what Jellyfin says to the key, and is as ready as it was', () => {
  const told = (state?: 'refused' | 'accepted') => composeHealth(undefined, undefined, state);
  expect(told('refused')).toMatchObject({
    status: 'ok',
    jellyfin: { apiKey: expect.stringMatching(/^refused: /) },
  });
  expect(told('accepted').jellyfin).toEqual({ apiKey: 'accepted' });
  expect(told().jellyfin).toBeNull();
});
