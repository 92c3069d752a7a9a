import { createScriptedAccounts } from '../jellyfin/scripted-accounts.ts';
import { startResetApp } from './reset-app.ts';

/** The account of the tests about choosing a password. */
export const ALICE = 'a'.repeat(32);
/** A password that breaks no rule. */
export const GOOD = 'q7!zk2wv';

/** The app with scripted accounts behind it, and a link for Alice. */
export async function startChoosing(known: Parameters<typeof createScriptedAccounts>[0] = []) {
  const accounts = createScriptedAccounts(known);
  const app = await startResetApp(accounts);
  const token = await app.issue(ALICE, 'alice');
  const redeem = (password = GOOD, headers = {}) => app.post('/api/passwords', { token, password }, headers);
  const look = async () => (await app.post('/api/links', { token })).json();
  return { ...app, accounts, token, redeem, look };
}

/** The code of a failed call. */
export const codeOf = async (answer: Response) => ((await answer.json()) as { code?: string }).code;
