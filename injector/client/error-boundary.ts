/** Wraps a callback so that it never throws. */
export type ErrorBoundary = <Values extends unknown[]>(
  run: (...values: Values) => void,
) => (...values: Values) => void;

/**
 * Makes the guard of one mod: the first error is named in the console, later ones are kept quiet, so that a broken
 * mod does not fill it.
 */
export function createErrorBoundary(
  mod: string,
  warn: (message: string, error: unknown) => void,
): ErrorBoundary {
  let isNamed = false;
  return (run) =>
    (...values) => {
      try {
        run(...values);
      } catch (error) {
        if (isNamed) return;
        isNamed = true;
        warn(`[Gatehouse] mod "${mod}" failed; the rest goes on`, error);
      }
    };
}
