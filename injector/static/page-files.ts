import { inTime } from '../http/in-time.ts';
import { addressOfBytes, readStaticTarget } from './keep-rules.ts';

/** The files that a page names, under addresses that mean their bytes and may be kept for ever. */
export interface PageFiles {
  /**
   * Has the files of a page confirmed when that was over a minute ago; resolves when they are, or after 300 ms. Never
   * rejects.
   *
   * @param page Names the page; another text has another name.
   */
  confirm(page: string, html: string): Promise<void>;
  /** The page with these addresses, as far as the files are known; the same text while they are the same files. */
  name(html: string): string;
}

/** What is asked of the kept files, by path as a browser writes it. */
export interface AskedFiles {
  /** Has a file confirmed where it is not; never rejects. */
  read(target: string): Promise<unknown>;
  /** From `hashOf`, of the bytes a file had last; undefined for what is not kept. */
  hash(path: string): string | undefined;
}

/** Browsers that keep a file for ever ask for it no more: the page asks in their place so often, in milliseconds. */
const CONFIRM_MS = 60_000;
/** How long a page waits for that, in milliseconds: it comes without these addresses, or with the last ones, after it. */
const PATIENCE_MS = 300;
/** Most files of a page; the largest real one names 35. */
const MAX_FILES = 100;

/** An address in an attribute of a page. */
const ADDRESS = /(\s(?:src|href)=["']?)([\w.@~+%/?-]{1,300})(?=["'\s>])/g;

/**
 * Makes it for the pages of one Jellyfin.
 *
 * @param basePath Jellyfin's base URL without a slash at the end.
 * @param now Milliseconds of a clock that only goes forward.
 */
export function createPageFiles(files: AskedFiles, basePath: string, now: () => number): PageFiles {
  let confirmed: { page: string; at: number; done: Promise<unknown> } | undefined;

  /** Undefined for what is no script or stylesheet of the web client. */
  const targetOf = (address: string): string | undefined => {
    const target = `${basePath}/web/${address}`;
    const extension = readStaticTarget(target, basePath)?.extension;
    // As our own address has to be one, too.
    const isNamed = readStaticTarget(addressOfBytes(target, 'x'.repeat(22)), basePath) !== undefined;
    return isNamed && (extension === 'js' || extension === 'css') ? target : undefined;
  };

  return {
    async confirm(page, html) {
      if (confirmed?.page !== page || now() - confirmed.at >= CONFIRM_MS) {
        const addresses = new Set([...html.matchAll(ADDRESS)].map(([, , address = '']) => address));
        const targets = [...addresses].map(targetOf).filter((target) => target !== undefined);
        const reading = targets.slice(0, MAX_FILES).map((target) => files.read(target));
        confirmed = { page, at: now(), done: Promise.all(reading) };
      }
      await inTime<unknown>(confirmed.done, PATIENCE_MS, () => true);
    },
    name(html) {
      return html.replace(ADDRESS, (whole, attribute: string, address: string) => {
        const target = targetOf(address);
        const hash =
          target === undefined ? undefined : files.hash(target.slice(basePath.length).split('?', 1)[0] ?? '');
        return hash === undefined ? whole : attribute + addressOfBytes(address, hash);
      });
    },
  };
}
