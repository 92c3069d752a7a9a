/** Most lines of one event in a minute: more would be a way for strangers to fill the disk. */
export const LINES_PER_MINUTE = 300;

const MINUTE_MS = 60_000;

/** Counts the lines of each event. */
export interface LineLimit {
  /** False for a line that is over the limit; it is then counted as left out. */
  isWanted(event: string): boolean;
}

/**
 * Makes one. The minute of an event begins with its first line, by a clock that nobody sets. A flood of one event takes
 * nothing from another one.
 *
 * @param most Lines of one event in a minute.
 * @param tell Called at the end of a minute in which lines were left out, with their number.
 */
export function createLineLimit(most: number, tell: (event: string, lines: number) => void): LineLimit {
  const minutes = new Map<string, { lines: number; left: number }>();
  return {
    isWanted(event) {
      const minute = minutes.get(event) ?? { lines: 0, left: 0 };
      if (minute.lines === 0) {
        minutes.set(event, minute);
        // Holds no program that is about to end.
        setTimeout(() => {
          minutes.delete(event);
          if (minute.left > 0) tell(event, minute.left);
        }, MINUTE_MS).unref();
      }
      if (minute.lines < most) {
        minute.lines += 1;
        return true;
      }
      minute.left += 1;
      return false;
    },
  };
}
