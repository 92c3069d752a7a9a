/** Runs works one after the other, in the order in which they were asked for; one that fails harms none behind it. */
export type InTurn = <T>(work: () => Promise<T>) => Promise<T>;

/** Makes one that has nothing to do yet. */
export function createInTurn(): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result;
  };
}
