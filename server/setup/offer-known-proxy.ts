import { JellyfinUnreachableError } from '../jellyfin/errors.ts';
import type { Server } from './get-key.ts';
import { type Belief, createKnownProxy } from './known-proxy.ts';
import type { Run } from './run.ts';

/** Offers to have Jellyfin believe Gatehouse who a client is. Never rejects because Jellyfin does not answer. */
export async function offerKnownProxy(run: Run, server: Server & { readonly apiKey: string }): Promise<void> {
  const { questions, said, notes } = run;
  const knownProxy = createKnownProxy(server);
  try {
    const belief = await knownProxy.look();
    if (belief.kind === 'believed') {
      questions.tell('Jellyfin believes Gatehouse who a client is (Known proxies).');
      return;
    }
    if (!(await addAddress(run, belief, knownProxy.add))) return;
    const restarts = await questions.yes({
      words: 'Restart Jellyfin now, so that it counts? Whoever watches is interrupted',
      flag: '--restart-jellyfin',
      given: said['restart-jellyfin'],
      fallback: false,
    });
    const later = 'Restart Jellyfin: until then it takes every guest for a person on the home network.';
    if (!restarts) return void notes.todo.push(later);
    questions.tell('Jellyfin restarts …');
    if (await knownProxy.restart()) notes.done.push('Jellyfin was restarted, and sees each client.');
    else notes.todo.push('See why Jellyfin does not believe Gatehouse after its restart: gatehouse doctor.');
  } catch (error) {
    if (!(error instanceof JellyfinUnreachableError)) throw error;
    notes.todo.push(`Known proxies of Jellyfin: ${error.message}`);
  }
}

async function addAddress(
  { questions, said, notes }: Run,
  { address, isListed }: Extract<Belief, { kind: 'not-believed' }>,
  add: (address: string) => Promise<void>,
): Promise<boolean> {
  if (isListed && said['known-proxy'] === undefined) return true;
  if (questions.isAsking)
    questions.tell('Jellyfin takes all guests for people at home, unless it knows Gatehouse as a proxy.');
  const chosen = await questions.text({
    words: 'Address of Gatehouse to add to Known proxies of Jellyfin',
    others: [{ answer: 'no', means: 'do not' }],
    flag: '--known-proxy',
    given: said['known-proxy'],
    fallback: address ?? 'no',
    check: (text) =>
      text === 'no' || /^[0-9A-Za-z.:/-]{1,100}$/.test(text) ? undefined : 'That is no address or network.',
  });
  if (chosen === 'no') {
    notes.todo.push(
      'In Jellyfin, Dashboard, Networking, add the address of Gatehouse to Known proxies: without it Jellyfin takes every guest for a person on the home network.',
    );
    return false;
  }
  await add(chosen);
  notes.done.push(`${chosen} was added to Known proxies of Jellyfin (Dashboard, Networking).`);
  return true;
}
