import type { Asset } from '../http/asset.ts';
import { createPlainRepresentation, createRepresentation, hashOf } from '../http/representation.ts';
import { FileFaultError } from './file-fault.ts';
import { FILE_LIMITS } from './limits.ts';
import type { Media } from './media-kind.ts';

/** Collects what of the files is served, each under a name that changes with its bytes. */
export interface Publisher {
  readonly assets: readonly Asset[];
  /**
   * Serves bytes.
   *
   * @returns the address as seen from the page.
   * @throws {FileFaultError} when all together are too many or too large.
   */
  publish(bytes: Buffer, media: Pick<Media, 'extension' | 'contentType'>): string;
}

/** Pictures are no pages: one that is opened by itself runs nothing and loads nothing. Source: CSP 3, SVG 2 section 2.3. */
const SVG_HEADERS = ['Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox"];

/** What is text; all else is compressed by its own format, or hardly gets smaller. */
const COMPRESSED_BY_US: readonly string[] = ['css', 'js', 'svg'];

/** Makes an empty collection, for one configuration. */
export function createPublisher(): Publisher {
  const assets = new Map<string, Asset>();
  let total = 0;
  return {
    get assets() {
      return [...assets.values()];
    },
    publish(bytes, { extension, contentType }) {
      const path = `/mods/${hashOf(bytes)}.${extension}`;
      if (!assets.has(path)) {
        total += bytes.length;
        if (total > FILE_LIMITS.bytesInAll)
          throw new FileFaultError(
            `does not fit: the files of all mods together are larger than ${FILE_LIMITS.bytesInAll / 1024 / 1024} MB; make some smaller`,
          );
        if (assets.size >= FILE_LIMITS.count)
          throw new FileFaultError(
            `does not fit: the mods have more than ${FILE_LIMITS.count} files together; leave some out`,
          );
        const isText = COMPRESSED_BY_US.includes(extension);
        const representation = isText ? createRepresentation(bytes) : createPlainRepresentation(bytes);
        const headers = extension === 'svg' ? SVG_HEADERS : [];
        assets.set(path, { path, contentType, representation, headers });
      }
      return `../gatehouse${path}`;
    },
  };
}
