const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Takes every signal that would end the program, until `letGo` is called. */
function hold(onSignal: () => void): { letGo(): void } {
  for (const signal of SIGNALS) process.on(signal, onSignal);
  return {
    letGo() {
      for (const signal of SIGNALS) process.off(signal, onSignal);
    },
  };
}

/** Brings work to its end although the program is told to end meanwhile; for what takes seconds and must not stay half done. */
export async function unbroken<T>(work: () => Promise<T>): Promise<T> {
  const held = hold(() => void process.stderr.write('finishing what was begun, a moment please\n'));
  try {
    return await work();
  } finally {
    held.letGo();
  }
}

/**
 * Waits for work, or for the program to be told to end, so that the caller can make undone what was begun.
 *
 * @throws {Error} when it is told to end; what the work goes on to do then is no longer waited for.
 */
export async function untilTold<T>(work: () => Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const held = hold(() => reject(new Error('told to end; nothing was written')));
  try {
    return await Promise.race([work(), promise]);
  } finally {
    held.letGo();
  }
}
