import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { STARTER } from '../../../server/config/starter.ts';
import { createLogger } from '../../../server/log/log.ts';
import { readConfiguration } from '../../../server/program/configuration.ts';
import { beginConversation, type Conversation } from '../../../server/setup/conversation.ts';
import { setUp } from '../../../server/setup/set-up.ts';
import { createFakeJellyfin } from '../../jellyfin/fake-jellyfin.ts';
import { tempFolder } from '../../support/files/temp-folder.ts';

async function begin(environment: Readonly<Record<string, string>> = {}, text?: string) {
  const jellyfin = await createFakeJellyfin({ version: '10.11.11' });
  onTestFinished(() => jellyfin.close());
  const file = join(await tempFolder(), 'config.yaml');
  if (text !== undefined) await writeFile(file, text.replace('JELLYFIN', jellyfin.url));
  const conversation = beginConversation((questions, ending) =>
    setUp({
      ...{ questions, ending, file, environment, said: {}, webFolder: '', by: 'test' },
      read: (path, more) => readConfiguration(path, undefined, { ...environment, ...more }),
      log: createLogger('silent'),
    }),
  );
  onTestFinished(() => conversation.end());
  return { jellyfin, file, conversation };
}

/** Waits for the question, and answers it. */
async function say(conversation: Conversation, words: string, typed: string, choice?: string): Promise<void> {
  const id = await vi.waitFor(() => {
    const { turn } = conversation;
    if (turn.kind !== 'asking' || !turn.asked.words.startsWith(words)) throw new Error(JSON.stringify(turn));
    return turn.asked.id;
  }, 20_000);
  conversation.answer({ id, typed, choice });
}

async function signIn(conversation: Conversation, url: string): Promise<void> {
  await say(conversation, 'Address of Jellyfin', url);
  await say(conversation, 'User name of an administrator', 'admin');
  await say(conversation, 'Password of admin', 'admin-pw-1');
}

describe('setting up', { timeout: 60_000 }, () => {
  it('without mail takes the sections away in which nobody filled in what must be', async () => {
    const half = STARTER.replace('paste-the-address-of-jellyfin-here', 'JELLYFIN');
    const { conversation, jellyfin, file } = await begin({}, half);
    await signIn(conversation, jellyfin.url);
    await say(conversation, 'Address of Gatehouse', 'no', '0');
    await say(conversation, 'Mail provider', 'none', '0');
    await vi.waitFor(() => expect(conversation.turn.kind).toBe('done'), 40_000);
    const text = await readFile(file, 'utf8');
    expect(text).not.toMatch(/paste-the|^(?:reset|mail|public):/m);
    expect(text).toContain(jellyfin.url);
  });

  it('makes no key where the environment has one that goes before it, and is refused', async () => {
    const { conversation, jellyfin } = await begin({ GATEHOUSE_JELLYFIN__API_KEY: '0a1b2c3d'.repeat(4) });
    await say(conversation, 'Address of Jellyfin', jellyfin.url);
    await vi.waitFor(() => expect(conversation.turn.kind).toBe('failed'), 20_000);
    expect(conversation.turn).toMatchObject({
      says: expect.stringContaining('does not accept the API key of GATEHOUSE_JELLYFIN__API_KEY'),
    });
    expect(jellyfin.journal.filter(({ method }) => method === 'POST')).toEqual([]);
  });

  it('says that a key is left where Jellyfin is away when it is to be deleted', async () => {
    const { conversation, jellyfin } = await begin();
    await signIn(conversation, jellyfin.url);
    await vi.waitFor(() => expect(conversation.turn.kind).toBe('asking'), 20_000);
    await jellyfin.close();
    await conversation.end('because');
    expect(conversation.turn).toMatchObject({
      says: expect.stringMatching(/^because The API key that was made could not be deleted/),
    });
  });

  it('asks nothing about mail where no password could be set', async () => {
    const { conversation, jellyfin, file } = await begin();
    await say(conversation, 'Address of Jellyfin', jellyfin.url);
    await say(conversation, 'User name of an administrator', '', '1');
    await say(conversation, "Jellyfin's data folder", '', '0');
    await vi.waitFor(() => expect(conversation.turn.kind).toBe('done'), 40_000);
    expect(conversation.toldBefore.concat(conversation.told).join()).toContain('nothing is asked about mail');
    expect(await readFile(file, 'utf8')).not.toMatch(/^mail:/m);
  });
});
