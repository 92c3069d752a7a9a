import { useEffect, useState } from 'preact/hooks';

/** A step aside from a page that the browser's Back leads out of again. */
export interface Rooms<Room> {
  readonly room: Room | undefined;
  /** What else the entry keeps, a secret of the address for one, the new one keeps too. */
  open(room: Room): void;
  /** Goes back to the page, as the browser's Back does. */
  close(): void;
}

function stateOf(history: History): { readonly room?: unknown } {
  const state: unknown = history.state;
  return typeof state === 'object' && state !== null ? state : {};
}

/**
 * Keeps a room in the state of a history entry of its own: Back closes it, and a reload finds it again. The room itself is to hold no secret.
 *
 * @param read Makes a room of what the state of an entry holds; undefined where that is none.
 */
export function useRoom<Room>(read: (kept: unknown) => Room | undefined): Rooms<Room> {
  const [room, setRoom] = useState(() => read(stateOf(window.history).room));
  useEffect(() => {
    const follow = () => setRoom(() => read(stateOf(window.history).room));
    window.addEventListener('popstate', follow);
    return () => window.removeEventListener('popstate', follow);
  }, [read]);
  return {
    room,
    open(next) {
      window.history.pushState({ ...stateOf(window.history), room: next }, '');
      setRoom(() => next);
    },
    close() {
      if (stateOf(window.history).room === undefined) setRoom(undefined);
      else window.history.back();
    },
  };
}
