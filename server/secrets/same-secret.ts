import { createHash, timingSafeEqual } from 'node:crypto';

/** Whether two texts are the same, in a time that tells neither how much of them is, nor how long they are. Source: ASVS 5.0 11.2.4. */
export function isSameSecret(one: string, other: string): boolean {
  // Digests have one length, which the comparison needs, and tell nothing of the texts'.
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
