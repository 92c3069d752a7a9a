import { type ComponentChild, h } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { AccountChannel, AccountView } from '../../../server/http/account-contract.ts';
import type { AccountApi } from '../../account-api.ts';
import type { Outcome, ProblemCode } from '../../call.ts';
import type { Strings } from '../../strings/en.ts';
import type { BotSight } from '../linking/bot-code.ts';
import { LinkContact } from '../linking/link-contact.ts';

/** What the room needs to work. */
export interface LinkRoomProps {
  readonly strings: Strings;
  readonly accountApi: AccountApi;
  readonly view: AccountView;
  readonly channel: AccountChannel;
  /** The address that is there and is to be confirmed, as the view shows it; undefined: another one is added or takes its place. */
  readonly kept: string | undefined;
  readonly onView: (view: AccountView) => void;
  readonly onProblem: (code: ProblemCode) => boolean;
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

function sightOf({ awaited, contacts }: AccountView, channel: string): BotSight {
  if (awaited.includes(channel)) return 'waiting';
  const isThere = contacts.some((one) => one.channel === channel && one.state === 'verified');
  return isThere ? 'there' : 'gone';
}

/** The room in which whoever is signed in adds, replaces or confirms a contact. */
export function LinkRoom(props: LinkRoomProps): ComponentChild {
  const { strings, accountApi, view, channel, kept, onView, onProblem, onDone, onCancel } = props;
  const name = channel.channel;
  const words = strings.myAccount.linking;
  // As it was when the room opened: the title should not change on the way.
  const isThere = view.contacts.some((one) => one.channel === name);
  const title = useRef(
    kept !== undefined ? words.confirmTitle : isThere ? words.replaceTitle : words.addTitle,
  );
  // It is confirmed on the way, and then no room of its own any more.
  const toConfirm = useRef(kept).current;
  useEffect(() => {
    document.title = title.current;
  }, []);

  async function ask(): Promise<Outcome<BotSight>> {
    const seen = await accountApi.view();
    if (!seen.isOk) return seen;
    onView(seen.body);
    return { isOk: true, body: sightOf(seen.body, name) };
  }

  async function confirm(code: string): Promise<Outcome<object>> {
    const confirmed = await accountApi.confirmContact({ channel: name, code });
    if (confirmed.isOk) onView(confirmed.body);
    return confirmed;
  }

  return h(LinkContact, {
    ...{ strings, channel, kept: toConfirm, title: title.current, asksPassword: true },
    ...{ ask, confirm, onProblem, onDone, onCancel },
    begin: (address, password) =>
      accountApi.beginContact({ channel: name, password, ...(address === undefined ? {} : { address }) }),
  });
}
