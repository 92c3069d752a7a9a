import { describe, expect, it, onTestFinished } from 'vitest';
import type { Subject } from '../../support/jellyfin/subject.ts';
import { createFakeSubject } from '../../support/jellyfin/subject.ts';
import { createStage, type Stage } from '../../support/program/gatehouse.ts';

const OWNER = '203.0.113.7';
const IDENTITY = 'MediaBrowser Client="Test", Device="Test", DeviceId="test", Version="1.0"';

interface World {
  readonly stage: Stage;
  readonly subject: Subject;
  signIn(from: string, password: string): Promise<{ status: number; errorCode: string | null }>;
}

/** The whole program in front of a Jellyfin that locks alice at the third wrong password. */
async function start(config: (stage: Stage, subject: Subject) => string): Promise<World> {
  const users = [{ name: 'alice', password: 'alice-pw-1', loginAttemptsBeforeLockout: 3 }];
  const subject = await createFakeSubject({
    ...{ version: '12.0', hashMs: 1, users: [...users, { name: 'bob', password: 'bob-pw-1' }] },
  });
  onTestFinished(() => subject.close());
  const stage = await createStage(subject);
  onTestFinished(() => stage.close());
  await stage.apply(config(stage, subject));
  return {
    ...{ stage, subject },
    async signIn(from, password) {
      const response = await fetch(`${stage.url}/Users/AuthenticateByName`, {
        method: 'POST',
        headers: { authorization: IDENTITY, 'content-type': 'application/json', 'x-forwarded-for': from },
        body: JSON.stringify({ Username: 'alice', Pw: password }),
      });
      return { status: response.status, errorCode: response.headers.get('x-application-error-code') };
    },
  };
}

const injector = ({ url }: Stage, subject: Subject): string => `
listen: { host: 127.0.0.1, port: ${new URL(url).port}, trustedProxies: [127.0.0.1] }
public: { url: '${url}' }
jellyfin: { url: '${subject.url}', apiKey: ${subject.apiKey} }
`;

const withReset = (stage: Stage, subject: Subject): string => `${injector(stage, subject)}
reset: { method: link }
mail: { url: '${stage.inbox.url}', from: Jellyfin <noreply@example.org> }
storage: ${stage.storagePath}
`;

async function attack({ signIn }: World): Promise<void> {
  for (let at = 0; at < 12; at += 1) await signIn(`198.51.100.${at}`, 'wrong');
}

describe('the program', () => {
  it('keeps strangers from locking an account; its owner opens it by a reset', async () => {
    const world = await start(withReset);
    const { stage, subject } = world;
    await attack(world);
    expect(subject.fake?.user('alice')).toMatchObject({ failedLogins: 2, isDisabled: false });
    expect(await world.signIn(OWNER, 'alice-pw-1')).toEqual({
      ...{ status: 403, errorCode: 'GatehouseSignInHeld-0' },
    });
    const headers = { 'content-type': 'application/json', 'x-forwarded-for': OWNER };
    await fetch(`${stage.url}/Users/ForgotPassword`, {
      ...{ method: 'POST', headers, body: '{"EnteredUsername":"alice"}' },
    });
    const [mail] = await stage.inbox.waitFor(1);
    const token = /#([A-Za-z0-9_-]{43})/.exec(mail?.text ?? '')?.[1];
    const changed = await fetch(`${stage.url}/gatehouse/api/passwords`, {
      ...{ method: 'POST', headers, body: JSON.stringify({ token, password: 'q7!zk2wv-9' }) },
    });
    expect(changed.status).toBe(200);
    expect((await world.signIn(OWNER, 'q7!zk2wv-9')).status).toBe(200);
  }, 30_000);

  it('keeps its counts when the configuration changes', async () => {
    const world = await start(withReset);
    await attack(world);
    const { stage, subject } = world;
    await stage.apply(`${withReset(stage, subject)}loginThrottle: { failures: 4 }\n`);
    expect((await world.signIn(OWNER, 'alice-pw-1')).errorCode).toBe('GatehouseSignInHeld-0');
  });

  it('throttles nobody when it is switched off', async () => {
    const world = await start(
      (stage, subject) => `${withReset(stage, subject)}loginThrottle: { enabled: false }\n`,
    );
    await attack(world);
    expect(world.subject.fake?.user('alice').isDisabled).toBe(true);
  });

  it('throttles without a database where there is no reset service, when it is asked to', async () => {
    const world = await start(
      (stage, subject) => `${injector(stage, subject)}loginThrottle: { lan: true }\n`,
    );
    await attack(world);
    expect(world.subject.fake?.user('alice')).toMatchObject({ failedLogins: 2, isDisabled: false });
  });

  it('throttles nobody as a pure injector that was not asked to', async () => {
    const world = await start(injector);
    await attack(world);
    expect(world.subject.fake?.user('alice').isDisabled).toBe(true);
  });
});
