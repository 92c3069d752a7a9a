import { useEffect, useState } from 'preact/hooks';

/** A screen reader is told once the person pauses, not at each key. */
const PAUSE_MS = 800;

/**
 * Keeps the words of a polite live region.
 *
 * @param progress What to say about the typing, once it pauses for 800 ms; nothing when empty.
 * @returns The words to show there, and a way to say something at once.
 */
export function useAnnouncement(progress: string): {
  announcement: string;
  announce: (words: string) => void;
} {
  const [announcement, announce] = useState('');
  useEffect(() => {
    if (progress === '') return;
    const timer = setTimeout(() => announce(progress), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [progress]);
  return { announcement, announce };
}
