import { OWN_USER, readIsAdministrator } from '../jellyfin/own-user.ts';
import type { Person } from '../kit/conditions.ts';
import type { Session } from './session.ts';

/** Tells who uses the client, as far as conditions ask. */
export interface Persons {
  /** Whether it is one of these at the moment. */
  is(person: Person): boolean;
  /** Calls back after another person was told, and when Jellyfin has said whether one is an administrator. */
  onChange(run: () => void): void;
}

/**
 * Looks at each page that shows, before the mods do, who is signed in, and asks Jellyfin once a person whether it is an
 * administrator, where anything is for these; until it has said so, nobody is. Nothing is kept of the person before.
 *
 * @param parts What there is, each with whom it is for; left out: everybody.
 */
export function createPersons(
  document: Pick<Document, 'addEventListener'>,
  session: Pick<Session, 'personId' | 'ask'>,
  parts: readonly { readonly person?: Person }[],
): Persons {
  const watchers: (() => void)[] = [];
  let current: string | undefined;
  let isAdministrator = false;
  const tell = (): void => {
    for (const run of watchers) run();
  };

  function look(): void {
    const id = session.personId();
    if (id === current) return;
    current = id;
    isAdministrator = false;
    tell();
    if (id === undefined || !parts.some((part) => part.person === 'administrator')) return;
    session.ask(OWN_USER).then(
      (user) => {
        if (current !== id || !readIsAdministrator(user)) return;
        isAdministrator = true;
        tell();
      },
      () => undefined,
    );
  }

  document.addEventListener('viewshow', look, true);
  look();
  return {
    is(person) {
      if (person === 'signed-out') return current === undefined;
      return current !== undefined && (person === 'signed-in' || isAdministrator);
    },
    onChange(run) {
      watchers.push(run);
    },
  };
}
