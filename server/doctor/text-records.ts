import { Resolver } from 'node:dns/promises';
import { systemCode } from '../errors/system-code.ts';

/** TXT records of a name, each in its pieces. Rejects as `node:dns` does. */
export type ResolveTxt = (name: string) => Promise<readonly (readonly string[])[]>;

/** How long DNS may take, with one further try, in milliseconds. */
const DNS_TIMEOUT_MS = 5_000;

/** Asks the name servers of this machine. */
export const resolveTxt: ResolveTxt = (name) =>
  new Resolver({ timeout: DNS_TIMEOUT_MS, tries: 2 }).resolveTxt(name);

/** The records of a name, each whole; empty where DNS says that there are none; its code where it could not be asked. Never rejects. */
export async function readTextRecords(
  name: string,
  resolve: ResolveTxt,
): Promise<readonly string[] | { readonly code: string }> {
  try {
    return (await resolve(name)).map((pieces) => pieces.join(''));
  } catch (error) {
    const code = systemCode(error) ?? 'unknown error';
    return code === 'ENOTFOUND' || code === 'ENODATA' ? [] : { code };
  }
}
