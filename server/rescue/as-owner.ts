/** Whom a file belongs to. */
export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/**
 * Does work as the owner of a file where this process is root, so that every file that comes of it is the owner's from its
 * first moment on: SQLite's side files, and copies. Does it as it is for everybody else, and where there are no owners
 * (Windows). Everything in this process is that user meanwhile, so nothing else may be under way, and no module be loaded:
 * the folder that npx keeps ours in is often root's alone.
 *
 * @param owner Undefined where there are none.
 */
export async function asOwner<T>(owner: Owner | undefined, work: () => T | Promise<T>): Promise<T> {
  const { seteuid, setegid, geteuid, getegid } = process;
  const isNeeded = owner !== undefined && geteuid?.() === 0 && owner.uid !== 0;
  if (!isNeeded || seteuid === undefined || setegid === undefined) return await work();
  const group = getegid?.() ?? 0;
  setegid(owner.gid);
  seteuid(owner.uid);
  try {
    return await work();
  } finally {
    seteuid(0);
    setegid(group);
  }
}
