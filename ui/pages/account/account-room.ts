/** A step aside from the overview of My Account; it stands in the history, and holds no secret. */
export type AccountRoom =
  /** `confirm`: the contact that is there and was never proved. */
  { readonly kind: 'link' | 'confirm' | 'remove'; readonly channel: string } | { readonly kind: 'password' };

/** Reads a room from the state of a history entry; whatever else stands there is none. */
export function readRoom(kept: unknown): AccountRoom | undefined {
  if (typeof kept !== 'object' || kept === null) return undefined;
  const { kind, channel } = kept as { readonly kind?: unknown; readonly channel?: unknown };
  if (kind === 'password') return { kind };
  return (kind === 'link' || kind === 'confirm' || kind === 'remove') && typeof channel === 'string'
    ? { kind, channel }
    : undefined;
}

/** The id of the button that leads into a room, where the focus goes back to. */
export function doorOf(room: AccountRoom): string {
  return room.kind === 'password' ? 'change-password' : `${room.kind}-${room.channel}`;
}
