import type { Scene, Stage } from './stage.ts';

/** Whose `{token}` it is: by the device in the header, else by the name of the exchange. */
function ownerOf({ exchange }: Stage): [user: string, device: string] {
  const all = exchange.requestHeaders.join('\n') + exchange.path;
  const device = /deviceid="?([\w-]+)/i.exec(all)?.[1];
  if (device !== undefined) {
    const user = /admin/.test(device) ? 'admin' : /bob/.test(device) ? 'bob' : 'alice';
    return [user, device.replace(/-id$/, '')];
  }
  return /admin/.test(exchange.name) ? ['admin', 'dev-admin'] : ['alice', 'dev-a'];
}

const TOKEN: Scene = {
  prepare: async (stage) => {
    const { exchange, bind } = stage;
    const text = JSON.stringify([exchange.requestHeaders, exchange.path]);
    if (!text.includes('{token}')) return;
    const [user, device] = ownerOf(stage);
    const token = await stage.login(user, `${user}-pw-1`, device);
    if (token === undefined) throw new Error(`${user} could not sign in`);
    bind.set('{token}', token);
  },
};

function wrongLogins(user: string, times: number): Scene {
  return {
    prepare: async (stage) => {
      await stage.policy(user, { LoginAttemptsBeforeLockout: 3 });
      for (let at = 0; at < times; at += 1) await stage.login(user, 'bad', 'x');
    },
  };
}

function failures(user: string, times: number): Scene {
  return {
    prepare: async (stage) => {
      for (let at = 0; at < times; at += 1) await stage.login(user, 'bad', 'x');
    },
  };
}

function withPolicy(user: string, patch: Record<string, unknown>): Scene {
  return { prepare: (stage) => stage.policy(user, patch) };
}

const NO_PROVIDER = withPolicy('alice', { AuthenticationProviderId: 'Not.Installed' });

/** Accounts, locks and tokens as they were when somebody signed in or used a token. */
export const LOGIN_SCENES: readonly (readonly [RegExp, Scene])[] = [
  [/^(?!apikey-deleted)./, TOKEN],
  [/^(authenticate-disabled|login-disabled|forgot-disabled)/, withPolicy('carol', { IsDisabled: true })],
  [/^login-ok-user$/, failures('alice', 3)],
  [/^quickconnect-authenticate-again$/, failures('bob', 2)],
  [
    /^authenticate-right$/,
    {
      prepare: async ({ call, fake }) => {
        // Here somebody had asked for a PIN before, and 10.8 keeps it as an easy password.
        if (fake.version === '10.8.13') await call('POST', '/Users/ForgotPassword', { EnteredUsername: 'admin' });
      },
    },
  ],
  [/^lockout.*-attempt3$/, wrongLogins('bob', 2)],
  [/^(lockout.*-attempt4|authenticate-locked.*|login-locked-after.*)$/, wrongLogins('bob', 3)],
  [/^login-locked-admin$/, wrongLogins('admin', 3)],
  [/^token-while-locked$/, wrongLogins('alice', 3)],
  [
    /^login-locked-after-password-change$/,
    {
      prepare: async ({ call, fake }) => {
        await call('POST', `/Users/${fake.user('bob').id}/Password`, { NewPw: 'bob-pw-2' });
      },
    },
  ],
  [/^(login|token)-remote-not-allowed/, withPolicy('alice', { EnableRemoteAccess: false })],
  [/^(login-missing-provider|password.*-missing-(auth-)?provider.*)$/, NO_PROVIDER],
  [/^forgot-missing-reset-provider$/, withPolicy('alice', { PasswordResetProviderId: 'Not.Installed' })],
  [/^login-device-not-allowed$/, withPolicy('bob', { EnableAllDevices: false })],
  [
    /^login-max-sessions$/,
    {
      prepare: async (stage) => {
        await stage.policy('bob', { MaxActiveSessions: 1 });
        await stage.login('bob', 'bob-pw-1', 'm1');
      },
    },
  ],
  [/^password-own-no-preference-access$/, withPolicy('alice', { EnableUserPreferenceAccess: false })],
  [
    /^authenticate-empty-password-account$/,
    {
      prepare: async ({ call, fake }) => {
        await call('POST', `/Users/${fake.user('alice').id}/Password`, { ResetPassword: true });
      },
    },
  ],
  [/^apikey-deleted$/, { prepare: async ({ bind }) => void bind.set('{apiKey}', 'f'.repeat(32)) }],
  [
    /^token-uppercase-token$/,
    {
      prepare: async ({ bind }) => void bind.set('{apiKey}', (bind.get('{apiKey}') ?? '').toUpperCase()),
    },
  ],
];
