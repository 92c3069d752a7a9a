import { inject } from 'vitest';

/**
 * The browser parts of the injector, built once for all files of a run.
 *
 * @returns Asks for their folder.
 */
export function useBuiltClient(): () => string {
  return () => inject('clientFolder');
}
