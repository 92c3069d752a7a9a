import { JellyfinUnreachableError } from '../jellyfin/errors.ts';
import type { Server } from '../setup/get-key.ts';
import { type Belief, createKnownProxy } from '../setup/known-proxy.ts';
import type { InitArguments, InitNotes } from './init-options.ts';
import type { Questions } from './init-questions.ts';

/** Offers to have Jellyfin believe Gatehouse who a client is. Never rejects because Jellyfin does not answer. */
export async function offerKnownProxy(
  questions: Questions,
  args: InitArguments,
  server: Server & { readonly apiKey: string },
  notes: InitNotes,
): Promise<void> {
  const knownProxy = createKnownProxy(server);
  try {
    const belief = await knownProxy.look();
    if (belief.kind === 'believed') {
      questions.tell('Jellyfin believes Gatehouse who a client is (Known proxies).');
      return;
    }
    if (!(await addAddress(questions, args, belief, knownProxy.add, notes))) return;
    const restarts = await questions.yes({
      words: 'Restart Jellyfin now, so that it counts? Whoever watches is interrupted',
      flag: '--restart-jellyfin',
      given: args['restart-jellyfin'],
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
  questions: Questions,
  args: InitArguments,
  { address, isListed }: Extract<Belief, { kind: 'not-believed' }>,
  add: (address: string) => Promise<void>,
  notes: InitNotes,
): Promise<boolean> {
  if (isListed && args['known-proxy'] === undefined) return true;
  if (questions.isAsking)
    questions.tell('Jellyfin takes all guests for people at home, unless it knows Gatehouse as a proxy.');
  const chosen = await questions.text({
    words: 'Address of Gatehouse to add to Known proxies of Jellyfin (no: do not)',
    flag: '--known-proxy',
    given: args['known-proxy'],
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
