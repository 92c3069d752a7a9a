import type { Account } from '../../../server/ports/accounts.ts';
import { account } from '../jellyfin/memory-accounts.ts';
import { createScriptedAccounts } from '../jellyfin/scripted-accounts.ts';
import { startPager } from '../mail/pager-channel.ts';
import { pagerChannel } from '../mail/several-pagers.ts';
import { ALICE, GOOD, startResetApp } from './reset-app.ts';

type Mutable = { -readonly [Field in keyof Account]: Account[Field] };

/** Alice, an administrator with verified contacts on mail, pager and radio, where links of administrators need a code. */
export async function startWithCodes() {
  const alice: Mutable = account('alice', { id: ALICE, isAdministrator: true });
  const scripted = createScriptedAccounts([alice]);
  let isAway = false;
  const accounts: typeof scripted = {
    ...scripted,
    findById: async (id) => {
      if (isAway) throw new Error('Jellyfin is away');
      return scripted.findById(id);
    },
    setPassword: async (id, password, mayWrite, mayBeAdministrator = true) =>
      alice.isAdministrator && !mayBeAdministrator
        ? { kind: 'account-unavailable', reason: 'administrator' }
        : scripted.setPassword(id, password, mayWrite),
  };
  const names = ['email', 'pager', 'radio'] as const;
  const pagers = Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await startPager()] as const)),
  );
  const channels = await Promise.all(
    Object.entries(pagers).map(([name, pager]) => pagerChannel(name, pager)),
  );
  const app = await startResetApp(accounts, undefined, undefined, channels);
  const { contacts } = app.storage;
  for (const [index, channel] of names.entries()) {
    const address = `+49${index}234567`;
    const contact = { userId: ALICE, userName: 'alice', channel, address };
    await contacts.set(contact, app.clock.now(), { state: 'verified' });
  }
  const token = await app.issue(ALICE, 'alice');
  const send = (of = token, headers = {}) => app.post('/api/codes', { token: of }, headers);
  const redeem = (code?: string, of = token, password = GOOD) =>
    app.post('/api/passwords', { token: of, password, ...(code === undefined ? {} : { code }) });
  const sentTo = (name: (typeof names)[number]) =>
    (pagers[name]?.pages ?? []).map(({ text }) => codeIn(text));
  return {
    ...{ ...app, alice, accounts: scripted, token, pagers, send, redeem, sentTo },
    look: async (of = token) => (await app.post('/api/links', { token: of })).json(),
    /** Has a code sent, and answers it. */
    async fetchCode(of = token): Promise<string> {
      const sent = await send(of);
      if (sent.status !== 200) throw new Error(`no code was sent: ${await sent.text()}`);
      return sentTo('radio').at(-1) ?? '';
    },
    goAway: () => {
      isAway = true;
    },
  };
}

function codeIn(text: string): string {
  return /^\s*([0-9A-Z]{4}-[0-9A-Z]{4})\s*$/m.exec(text)?.[1] ?? `no code in ${text}`;
}
