/** What a mod keeps in the browser. */
export interface Memory {
  /** As `ClientContext.recall`. */
  recall(name: string, of: 'person' | 'browser'): string | undefined;
  /** As `ClientContext.remember`. */
  remember(name: string, of: 'person' | 'browser', value: string | undefined): void;
}

/**
 * Makes the memory of one mod. A browser that keeps nothing (private windows, a full store) forgets; nothing throws.
 *
 * @param mod Begins the names in the browser's store: `gatehouse-<mod>-<name>`, then the id of the person.
 */
export function createMemory(store: () => Storage, mod: string, personId: () => string | undefined): Memory {
  const keyOf = (name: string, of: 'person' | 'browser'): string | undefined => {
    const person = of === 'person' ? personId() : '';
    return person === undefined
      ? undefined
      : ['gatehouse', mod, name, person].filter((part) => part !== '').join('-');
  };
  return {
    recall(name, of) {
      const key = keyOf(name, of);
      try {
        return key === undefined ? undefined : (store().getItem(key) ?? undefined);
      } catch {
        return undefined;
      }
    },
    remember(name, of, value) {
      const key = keyOf(name, of);
      if (key === undefined) return;
      try {
        if (value === undefined) store().removeItem(key);
        else store().setItem(key, value);
      } catch {
        // It is asked again next time.
      }
    },
  };
}
