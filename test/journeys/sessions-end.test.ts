import { once } from 'node:events';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { createToken, hashToken } from '../../server/secrets/token.ts';
import { openStorage } from '../../server/storage/open-storage.ts';
import { JELLYFIN_VERSIONS } from '../jellyfin/fake-jellyfin.ts';
import { createJellyfinCaller } from '../support/jellyfin/jellyfin-caller.ts';
import type { SubjectUser } from '../support/jellyfin/subject.ts';
import { createFakeSubject } from '../support/jellyfin/subject.ts';
import { createStage, type Stage } from '../support/program/gatehouse.ts';
import { redeem } from '../support/program/redeeming-stage.ts';

async function issueLink(stage: Stage, { id: userId, name: userName }: SubjectUser): Promise<string> {
  const token = createToken();
  const storage = await openStorage(stage.storagePath);
  const expiresAt = Date.now() + 3_600_000;
  await storage.links.add({ tokenHash: hashToken(token), userId, userName, outboxId: 1_000, expiresAt });
  await storage.close();
  return token;
}

describe.each(JELLYFIN_VERSIONS)('O17: after a reset on Jellyfin %s', (version) => {
  it('every session of the person is over and every open socket of his is closed, through the proxy too', async () => {
    const subject = await createFakeSubject({ version, hashMs: 5 });
    onTestFinished(() => subject.close());
    const stage = await createStage(subject);
    onTestFinished(() => stage.close());
    const [alice, bob] = subject.users as [SubjectUser, SubjectUser];
    const caller = createJellyfinCaller(stage.url);
    async function watch(user: SubjectUser, device: string): Promise<{ token: string; socket: WebSocket }> {
      const { token } = await caller.signIn(user.name, user.password, device);
      // 10.8 to 10.10 read `api_key`, 12.0 reads `ApiKey`; the others both.
      const query = `api_key=${token}&ApiKey=${token}&deviceId=${device}`;
      const socket = new WebSocket(`${stage.url.replace('http', 'ws')}/socket?${query}`);
      onTestFinished(() => socket.terminate());
      await once(socket, 'message');
      return { token, socket };
    }
    const devices = await Promise.all(['phone', 'tv', 'tablet'].map((device) => watch(alice, device)));
    const other = await watch(bob, 'laptop');
    const closed = devices.map(({ socket }) => once(socket, 'close'));

    expect(await redeem(stage.url, await issueLink(stage, alice), 'a phrase of some length')).toBe(200);
    await Promise.all(closed);
    for (const { token } of devices) expect((await caller.call('GET', '/Users/Me', token)).status).toBe(401);
    expect(other.socket.readyState).toBe(WebSocket.OPEN);
    expect((await caller.call('GET', '/Users/Me', other.token)).status).toBe(200);
  });
});
