import type { Language } from '../../../injector/kit/translations.ts';
import type { ResetConfig } from '../../config/reset-config.ts';
import type { AskForPeople } from '../../contacts/people.ts';
import type { Logger } from '../../log/log.ts';
import type { SignInLimits } from '../../login/sign-in-limits.ts';
import type { PersonMessages } from '../../outbox/person-messages.ts';
import type { Accounts } from '../../ports/accounts.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Contacts } from '../../ports/contacts.ts';
import type { Invitations } from '../../ports/invitations.ts';
import type { MessageKind } from '../../ports/message-kinds.ts';
import type { LanguagesOf } from '../../ports/preferences.ts';
import type { Standings } from '../../ports/standings.ts';
import type { Storage } from '../../ports/storage.ts';
import type { SetUpChannel } from '../try-channels.ts';

/** A mod, and how it is switched on. */
export interface ListedMod {
  readonly name: string;
  readonly title: string;
  /** The versions it was proved on, as a semver range. */
  readonly jellyfin: string;
  readonly isOn: boolean;
  /** As the configuration has them. */
  readonly entries: readonly { readonly id: string; readonly options: unknown }[];
}

/** What the calls of the admin API work with. */
export interface AdminWorld {
  readonly storage: Pick<
    Storage,
    'audit' | 'campaigns' | 'contacts' | 'contactChanges' | 'links' | 'outbox' | 'settings'
  >;
  /** Contacts whose changes are logged as made by `by`. */
  readonly contactsBy: (by: string) => Contacts;
  readonly askForPeople: AskForPeople;
  readonly accounts: Pick<Accounts, 'findById' | 'serverName'>;
  /** Undefined without an API key. */
  readonly standings: Standings | undefined;
  /** `reset.administrators` of the config. */
  readonly administrators: ResetConfig['administrators'];
  /** What contacts are good for that nobody proved: `contacts.unverified` of the config. */
  readonly unverified: ResetConfig['contacts']['unverified'];
  readonly channels: readonly SetUpChannel[];
  readonly reset: Pick<ResetConfig, 'publicUrl' | 'linkLifetimeMs'>;
  /** What a message of a reset holds. */
  readonly kind: MessageKind;
  readonly mostLive: number;
  readonly languageOf: (userId: string) => Promise<Language>;
  readonly languagesOf: LanguagesOf;
  readonly invitations: Invitations;
  readonly messages: PersonMessages;
  /** Undefined where sign-ins are not throttled. */
  readonly signIns: SignInLimits | undefined;
  readonly listMods: () => Promise<readonly ListedMod[]>;
  /** Called when a message was stored. */
  readonly wake: () => void;
  readonly clock: Clock;
  readonly log: Logger;
}
