import type { Scene, Stage } from './stage.ts';

const PLACES: Readonly<Record<string, string>> = { admin: 'dev-admin', alice: 'dev-alice', carol: 'd' };

const SIGNED_IN: Scene = {
  prepare: async (stage) => {
    for (const [user, device] of Object.entries(PLACES)) {
      await stage.login(user, `${user}-pw-1`, stage.fake.version === '12.0' && user === 'alice' ? 'dev-a' : device);
    }
    await stage.login('alice', 'alice-pw-1', 'tv');
  },
};

function without(name: string): Scene {
  return {
    prepare: async ({ call, fake }) => void (await call('DELETE', `/Users/${fake.user(name).id}`)),
  };
}

const INITIATE: Scene = {
  prepare: async (stage) => {
    const { call, exchange, fake, bind } = stage;
    const device =
      fake.version === '12.0'
        ? 'MediaBrowser Client="Test", Device="Test", DeviceId="qc", Version="1.0"'
        : 'MediaBrowser Client="Recorder", Device="qc", DeviceId="qc-id", Version="1.0"';
    const answer = await call('POST', '/QuickConnect/Initiate', undefined, { authorization: device });
    const { Secret, Code } = (await answer.json()) as { Secret: string; Code: string };
    const text = `${exchange.path} ${exchange.requestBody ?? ''}`;
    bind.set(/[0-9A-F]{64}/.exec(text)?.[0] ?? '{secret}', Secret);
    const code = /code=(\d{6})/.exec(text)?.[1];
    bind.set(code ? `code=${code}` : '{code}', code ? `code=${Code}` : Code);
    if (!/connect-(authorized|done)|authenticatewith|authenticate-again/.test(exchange.name)) return;
    const user = exchange.body?.includes('"bob"') ? 'bob' : 'alice';
    await call('POST', `/QuickConnect/Authorize?code=${Code}&userId=${fake.user(user).id}`);
  },
};

async function makeHistory(stage: Stage): Promise<void> {
  const { call, fake } = stage;
  await stage.login('alice', 'alice-pw-1', 'dev-alice');
  await call('POST', `/Users/${fake.user('alice').id}/Password`, { NewPw: 'alice-pw-2' });
  await stage.login('alice', 'bad', 'dev-alice');
  await stage.login('alice', 'alice-pw-2', 'dev-alice');
}

const VISIBLE: Scene = {
  prepare: async (stage) => {
    const user = stage.fake.version === '12.0' ? 'alice' : 'carol';
    await stage.policy(user, { IsHidden: false, EnableRemoteAccess: false });
  },
};

/** Users, devices, Quick Connect codes and a history, as far as an exchange needs them. */
export const USER_SCENES: readonly (readonly [RegExp, Scene])[] = [
  [/^(devices|sessions)-(?!logout|user$)/, SIGNED_IN],
  [/^users-new-alice$/, without('alice')],
  [/^users-new-bob$/, without('bob')],
  [/^users-new-carol$/, without('carol')],
  [/^users-public-(visible-)?lan$/, VISIBLE],
  [/^quickconnect-(connect-(pending|authorized|done)|authorize-(by-)?apikey|authenticate-)/, INITIATE],
  [/^authenticatewithquickconnect$/, INITIATE],
  [/^activitylog-entries/, { prepare: makeHistory }],
  [
    /^activitylog-remote-failure$/,
    {
      prepare: async (stage) => {
        await stage.login('alice', 'alice-pw-1', 'dev-alice');
        await stage.login('alice', 'bad', 'dev-alice');
      },
    },
  ],
  [
    /^quickconnect-off/,
    {
      prepare: async ({ call }) =>
        void (await call('POST', '/System/Configuration', { QuickConnectAvailable: false })),
    },
  ],
];
