import { type ComponentChild, h } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { AccountView } from '../../../server/http/account-contract.ts';
import type { AccountApi } from '../../account-api.ts';
import type { Api } from '../../api.ts';
import type { ProblemCode } from '../../call.ts';
import { useRoom } from '../../room.ts';
import type { Strings } from '../../strings/en.ts';
import { type AccountRoom, doorOf, readRoom } from './account-room.ts';
import type { AccountEvent, Change, Done, SignedInState } from './account-state.ts';
import { ChangePassword } from './change-password.ts';
import { LinkRoom } from './link-room.ts';
import { Overview } from './overview.ts';
import { RemoveContact } from './remove-contact.ts';

/** What the page needs to work. */
export interface SignedInProps {
  readonly strings: Strings;
  readonly accountApi: AccountApi;
  readonly loadCommonPasswords: Api['loadCommonPasswords'];
  readonly state: SignedInState;
  readonly dispatch: (event: AccountEvent) => void;
}

/** The signed-in page: an overview, and rooms in which something is changed that asks for more than a press. */
export function SignedIn(props: SignedInProps): ComponentChild {
  const { strings, accountApi, loadCommonPasswords, state, dispatch } = props;
  const { view } = state;
  const { room, open, close } = useRoom(readRoom);
  const isBusy = useRef(false);
  const cameFrom = useRef<AccountRoom | undefined>(undefined);
  if (room !== undefined) cameFrom.current = room;

  useEffect(() => {
    if (room !== undefined) dispatch({ kind: 'went-on' });
  }, [room, dispatch]);

  async function alone(work: string, ask: () => Promise<AccountEvent>): Promise<void> {
    if (isBusy.current) return;
    isBusy.current = true;
    dispatch({ kind: 'began', work });
    const event = await ask();
    isBusy.current = false;
    dispatch(event);
  }

  const change: Change = (work, place, done, ask) =>
    void alone(work, async () => ({ kind: 'answered', place, done, outcome: await ask() }));

  const signOff = () =>
    void alone('sign-off', async () => {
      const outcome = await accountApi.signOut();
      return outcome.isOk || outcome.code === 'signed-out'
        ? { kind: 'signed-off' }
        : { kind: 'answered', place: 'page', done: 'saved', outcome };
    });

  /** Where a session has ended, there is nothing to tell in a room. */
  function onProblem(code: ProblemCode): boolean {
    if (code !== 'signed-out') return false;
    dispatch({ kind: 'thrown-out' });
    return true;
  }

  function finish(done: Done): void {
    dispatch({ kind: 'done', place: 'contacts', done });
    close();
  }

  const onView = (next: AccountView) => dispatch({ kind: 'viewed', view: next });
  const parts = { strings, accountApi, view, onProblem, onCancel: close };
  const isThere = room !== undefined && 'channel' in room;
  const channel = isThere ? view.channels.find((one) => one.channel === room.channel) : undefined;
  const contact = isThere ? view.contacts.find((one) => one.channel === room.channel) : undefined;
  const kept = room?.kind === 'confirm' ? contact?.address : undefined;
  if ((room?.kind === 'link' || kept !== undefined) && channel !== undefined)
    return h(LinkRoom, {
      ...parts,
      key: channel.channel,
      channel,
      kept,
      onView,
      onDone: () => finish('saved'),
    });
  if (room?.kind === 'remove' && contact !== undefined)
    return h(RemoveContact, { ...parts, contact, onView, onDone: () => finish('removed') });
  if (room?.kind === 'password' && view.hasLocalPassword)
    return h(ChangePassword, {
      ...{ ...parts, loadCommonPasswords },
      onDone: () => {
        window.history.replaceState(null, '');
        dispatch({ kind: 'password-changed' });
      },
    });
  const door = cameFrom.current === undefined ? undefined : doorOf(cameFrom.current);
  return h(Overview, { strings, accountApi, state, change, door, onRoom: open, onSignOff: signOff });
}
