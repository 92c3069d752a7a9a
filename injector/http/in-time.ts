/**
 * Gives what a job comes to, or what stands in for it once that takes too long; the job goes on all the same.
 *
 * @param ms How long the job may take, in milliseconds.
 * @param standIn Asked once, after that time. Undefined: the job is waited for after all.
 * @throws what the job fails with, or what `standIn` throws.
 */
export function inTime<T>(job: Promise<T>, ms: number, standIn: () => T | undefined): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const late = setTimeout(() => {
      try {
        const instead = standIn();
        if (instead !== undefined) resolve(instead);
      } catch (error) {
        reject(error);
      }
    }, ms);
    job.then(resolve, reject).finally(() => clearTimeout(late));
  });
}
