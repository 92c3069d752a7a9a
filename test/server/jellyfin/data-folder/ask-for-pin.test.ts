import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { askForPin } from '../../../../server/jellyfin/data-folder/ask-for-pin.ts';
import { createKeylessApi } from '../../../../server/jellyfin/data-folder/keyless-api.ts';
import { disguisePin } from '../../../../server/jellyfin/data-folder/redeem-pin-file.ts';
import { createFakeJellyfin, JELLYFIN_VERSIONS } from '../../../jellyfin/fake-jellyfin.ts';
import { tempFolder } from '../../../support/files/temp-folder.ts';
import { createJellyfinCaller } from '../../../support/jellyfin/jellyfin-caller.ts';

const pinFile = (pin: string, userName = 'alice', tail = ''): string =>
  `${JSON.stringify({ Pin: pin, UserName: userName, PinFile: '', ExpirationDate: '2199-06-19T15:49:27.5Z' })}${tail}`;

/** A Jellyfin that does what the script says at each request, and a pause at which others do something. */
async function script(
  acts: readonly (() => Promise<void> | void)[],
  pauses: readonly (() => Promise<void>)[] = [],
  { version = '12.0.0', userName = 'ALICE' } = {},
) {
  const path = await tempFolder();
  const folder = { path, isNetworkMount: false };
  let asks = 0;
  let waits = 0;
  const parts = {
    folder,
    wait: async () => {
      await pauses[waits]?.();
      waits += 1;
    },
    api: {
      publicInfo: async () => ({ Version: version }),
      async askForPin() {
        const act = acts[asks];
        asks += 1;
        if (act === undefined) return { kind: 'failed' } as const;
        await act();
        return { kind: 'asked', path: '/config/passwordreset1.json' } as const;
      },
    },
  };
  return {
    ask: () => askForPin(parts, userName),
    asks: () => asks,
    write: (name: string, text: string) => writeFile(join(path, name), text),
  };
}

describe('asking for a PIN file', () => {
  it('takes the one of that user, whatever its name, and no other that is new too', async () => {
    const { ask, write } = await script([
      async () => {
        await write('passwordreset-a', pinFile('AA-AA-AA-AA', 'bob'));
        await write('passwordreset-b', pinFile('1A-2B-3C-4D'));
      },
    ]);
    expect(await ask()).toMatchObject({ kind: 'pin', file: { pin: '1A-2B-3C-4D', userName: 'alice' } });
  });

  it.each([
    ['10.11.9', 'no-file'],
    ['10.11.10', 'pin'],
  ])('compares names as %s does: one that differs in a foreign letter is %s', async (version, kind) => {
    const { ask, write } = await script(
      [() => write('passwordreset-a', pinFile('AA-AA-AA-AA', '\u00fcnal'))],
      [],
      { version, userName: '\u00dcnal' },
    );
    expect(await ask()).toMatchObject({ kind });
  });

  it('waits for one that comes late, and does not take the one before it for new', async () => {
    const { ask, write, asks } = await script(
      [() => {}],
      [
        () => write('passwordreset1', pinFile('1A-2B').slice(0, 9)),
        () => write('passwordreset1', pinFile('NEW')),
      ],
    );
    await write('passwordreset1', pinFile('OLD'));
    expect(await ask()).toMatchObject({ kind: 'pin', file: { pin: 'NEW' } });
    expect(asks()).toBe(1);
  });

  it('asks again when the file comes out broken, and says so when it always does', async () => {
    const good = await script([
      () => good.write('passwordreset1', pinFile('1A-2B-3C-4D', 'alice', '"}')),
      () => good.write('passwordreset1', pinFile('5A-2B-3C-4D')),
    ]);
    expect(await good.ask()).toMatchObject({ kind: 'pin', file: { pin: '5A-2B-3C-4D', isBroken: false } });
    const bad = await script(
      [1, 2, 3, 4, 5, 6, 7].map((n) => () => bad.write('passwordreset1', pinFile(`${n}A`, 'alice', '}'))),
    );
    expect(await bad.ask()).toMatchObject({ kind: 'broken' });
    expect(bad.asks()).toBe(5);
  });

  it('says that none came, and what Jellyfin calls the folder', async () => {
    const { ask } = await script([() => {}]);
    expect(await ask()).toEqual({ kind: 'no-file', promised: '/config/passwordreset1.json' });
  });

  it('gives up when Jellyfin fails each time', async () => {
    const { ask, asks } = await script([]);
    expect(await ask()).toEqual({ kind: 'failed' });
    expect(asks()).toBe(5);
  });
});

describe.each(JELLYFIN_VERSIONS)('a PIN file of Jellyfin %s', (version) => {
  it('comes although others ask for the same name at the same moment, and from far away through a known proxy', async () => {
    // Seen from an address of the internet; only the one we claim to speak for makes us belong to the home network.
    const jellyfin = await createFakeJellyfin({
      version,
      hashMs: 1,
      peer: '203.0.113.80',
      knownProxies: ['203.0.113.80'],
    });
    onTestFinished(() => jellyfin.close());
    const api = createKeylessApi({ url: jellyfin.url, deviceId: 'gatehouse-test', version: '0.1.0' });
    const caller = createJellyfinCaller(jellyfin.url);
    const parts = {
      api,
      folder: { path: jellyfin.dataFolder, isNetworkMount: false },
      wait: (ms: number) => sleep(ms),
    };
    const ask = () => api.askForPin('alice');
    const [asked] = await Promise.all([askForPin(parts, 'alice'), ask(), ask(), ask()]);
    // Whoever came last has the file; that is ours too, but not always the PIN we read.
    expect(asked.kind).toBe('pin');
    const last = await askForPin(parts, 'alice');
    if (last.kind !== 'pin') throw new Error(last.kind);
    const typed = disguisePin(last.file.pin);
    expect(await api.redeemPin(typed)).toBe('redeemed');
    expect((await caller.signIn('alice', typed)).status).toBe(200);
    expect((await caller.signIn('alice', last.file.pin)).status).toBe(401);
  });

  it('does not come for a name nobody has, and leaves nothing', async () => {
    const jellyfin = await createFakeJellyfin({ version, hashMs: 1 });
    onTestFinished(() => jellyfin.close());
    const api = createKeylessApi({ url: jellyfin.url, deviceId: 'gatehouse-test', version: '0.1.0' });
    const asked = await askForPin(
      { api, folder: { path: jellyfin.dataFolder, isNetworkMount: false }, wait: async () => {} },
      'nobody',
    );
    expect(asked.kind).toBe(version === '10.11.11' || version === '12.0' ? 'no-file' : 'refused');
  });
});

describe('a disguised PIN', () => {
  it('has its digits in order, dashes in every place, and never the same ones twice', () => {
    expect(disguisePin('1A-2B-3C-4D', (below) => below - 1)).toBe(
      ['', '1', 'A', '2', 'B', '3', 'C', '4', 'D'].map((digit) => digit + '-'.repeat(63)).join(''),
    );
    const many = new Set(Array.from({ length: 500 }, () => disguisePin('1A-2B-3C-4D')));
    expect(many.size).toBe(500);
    for (const one of many) expect(one.replaceAll('-', '')).toBe('1A2B3C4D');
  });
});
