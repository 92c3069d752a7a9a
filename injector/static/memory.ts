/** Bodies in memory; the one that was not used for longest goes first. */
export interface Memory {
  get(key: string): Buffer | undefined;
  /** Keeps a body unless it alone is over the bound. */
  set(key: string, body: Buffer): void;
  delete(key: string): void;
  /** How much is kept, in bytes. */
  readonly bytes: number;
}

/**
 * Makes an empty memory.
 *
 * @param maxBytes Most bytes kept, as served.
 */
export function createMemory(maxBytes: number): Memory {
  const kept = new Map<string, Buffer>();
  let bytes = 0;

  function remove(key: string): void {
    bytes -= kept.get(key)?.length ?? 0;
    kept.delete(key);
  }

  return {
    get bytes() {
      return bytes;
    },
    get(key) {
      const body = kept.get(key);
      if (body === undefined) return undefined;
      kept.delete(key);
      kept.set(key, body);
      return body;
    },
    set(key, body) {
      remove(key);
      if (body.length > maxBytes) return;
      kept.set(key, body);
      bytes += body.length;
      for (const oldest of kept.keys()) {
        if (bytes <= maxBytes) break;
        remove(oldest);
      }
    },
    delete: remove,
  };
}
