import { useEffect, useRef } from 'preact/hooks';

/** How long the page waits between two questions. */
const PAUSE_MS = 3_000;

/** As long as the codes that the page waits for are good. */
const LAST_MS = 600_000;

/**
 * Asks the server again and again, from when the calling component appears until it goes, at most for ten minutes.
 *
 * @param ask Asked 3 s after it answered the time before. False ends it.
 * @param onLate Called when the ten minutes are over without an end.
 */
export function usePolling(ask: () => Promise<boolean>, onLate: () => void): void {
  const latest = useRef({ ask, onLate });
  latest.current = { ask, onLate };
  useEffect(() => {
    let isOver = false;
    let timer: ReturnType<typeof setTimeout>;
    const endsAt = Date.now() + LAST_MS;
    async function turn(): Promise<void> {
      if (Date.now() >= endsAt) {
        latest.current.onLate();
        return;
      }
      const goesOn = await latest.current.ask();
      if (goesOn && !isOver) wait();
    }
    function wait(): void {
      timer = setTimeout(() => void turn(), PAUSE_MS);
    }
    wait();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, []);
}
