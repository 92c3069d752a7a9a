import type { Scene, Stage } from './stage.ts';

const OPEN_WIZARD: Scene = { options: { wizardCompleted: false, users: [] } };

const FIRST_USER: Scene = {
  prepare: async ({ call }) => void (await call('GET', '/Startup/User')),
};

function withNetwork(settings: Record<string, unknown>): Scene {
  return {
    prepare: async ({ call }) => void (await call('POST', '/System/Configuration/network', settings)),
  };
}

/** The phase a recorded answer was given in, told by the answer: the start-up server measures no time. */
async function enterPhase({ fake, exchange }: Stage): Promise<void> {
  const isLoading = exchange.body?.includes('Server is loading') === true;
  const isMeasured = exchange.headers.some((line) => line.startsWith('X-Response-Time-ms'));
  if (isLoading) await fake.setPhase('loading');
  else if (!isMeasured) await fake.setPhase('setup', !/info-1$|logger-lan-1$|logger-remote-1$/.test(exchange.name));
}

const OTHER_USER: Scene = {
  prepare: async ({ call, exchange, bind, fake }) => {
    const id = /[0-9a-f]{32}/.exec(exchange.path)?.[0] ?? '';
    await call('POST', '/Users/New', { Name: 'dora', Password: 'dora-pw-1' });
    bind.set(id, fake.user('dora').id);
  },
};

const STYLED: Scene = {
  prepare: async ({ call }) =>
    void (await call('POST', '/System/Configuration/branding', { CustomCss: '.x{color:red}' })),
};

const FOREIGN: Scene = { options: { peer: '203.0.113.50' } };

/** Wizard, start-up, network and branding as they were. */
export const SERVER_SCENES: readonly (readonly [RegExp, Scene])[] = [
  [/^wizard-(?!closed)|-before-wizard$|^startup-(configuration|user|remoteaccess|complete)-(get|post)$/, OPEN_WIZARD],
  [/^(wizard-startup-user-post|startup-user-post|wizard-forgot-password)$/, FIRST_USER],
  [/^startup-(get|post|options)-|^startup-(cold|restart)-/, { prepare: enterPhase }],
  [/^remote-?access-off/, withNetwork({ EnableRemoteAccess: false })],
  [/^ipfilter/, withNetwork({ RemoteIPFilter: ['203.0.113.7'], IsRemoteIPFilterBlacklist: true })],
  [/^(users-delete-204|user-delete|user-rename)$/, OTHER_USER],
  [/^branding-css-set/, STYLED],
  [/^peer-nonlan/, FOREIGN],
];
