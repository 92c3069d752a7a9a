import { chown, stat } from 'node:fs/promises';

/**
 * Gives a file that root has made to the owner of another file or folder: commands are often run by root, and Gatehouse,
 * which is not, has to read what they made. Does nothing for others.
 *
 * @throws {Error} when the other is not there, or the owner cannot be changed.
 */
export async function belongLike(path: string, other: string): Promise<void> {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = await stat(other);
  await chown(path, uid, gid);
}
