import type { IncomingMessage, ServerResponse } from 'node:http';
import { LRUCache } from 'lru-cache';
import { type Asset, respondWithAsset } from '../http/asset.ts';

/** Serves the scripts and stylesheets of the mods, and the files that their options name. */
export interface Assets {
  /**
   * Makes what a configuration has published reachable, and what it publishes from now on. What the one before had stays, and
   * the newest of what older ones had: pages loaded before a reload still ask for it.
   */
  putInForce(published: Published): void;
  /** Makes the files of the configuration that comes into force reachable. Those of the one before stay, and of no older one. */
  publishFiles(files: readonly Asset[]): void;
  /** Whether there is such a file. @param path As of `answer`. */
  has(path: string): boolean;
  /** Answers a request below `/gatehouse`, or returns false when the path is none of these files. */
  answer(request: IncomingMessage, response: ServerResponse, path: string): Promise<boolean>;
}

/** Scripts and stylesheets of one configuration, those of each of its variants. */
export interface Published {
  /** Adds those of a variant; again whenever it is picked, so that the ones that nobody gets any more go first. */
  add(assets: readonly Asset[]): void;
  find(path: string): Asset | undefined;
  /** From the one that goes first to the one that was added last. */
  all(): Iterable<Asset>;
}

/** More than the variants that are kept can have: 64 and the one for everybody, each with a script and four stylesheets. */
const MAX_PUBLISHED = 400;
/** How many of older configurations stay reachable. */
const MAX_OLDER = 64;

type ByPath = ReadonlyMap<string, Asset>;

/** Makes an empty set for one configuration. */
export function createPublished(): Published {
  const byPath = new LRUCache<string, Asset>({ max: MAX_PUBLISHED });
  return {
    add(assets) {
      for (const asset of assets) byPath.set(asset.path, asset);
    },
    // Not `get`: what strangers ask for must not say which file goes first.
    find: (path) => byPath.peek(path),
    all: () => [...byPath.rvalues()].filter((asset) => asset !== undefined),
  };
}

/** Serves nothing until something is in force. */
export function createAssets(): Assets {
  let inForce = createPublished();
  let before = createPublished();
  const older = new LRUCache<string, Asset>({ max: MAX_OLDER });
  let filesInForce: ByPath = new Map();
  let filesBefore: ByPath = new Map();
  const find = (path: string): Asset | undefined =>
    inForce.find(path) ??
    before.find(path) ??
    older.peek(path) ??
    filesInForce.get(path) ??
    filesBefore.get(path);
  return {
    has: (path) => find(path) !== undefined,
    putInForce(published) {
      for (const asset of before.all()) older.set(asset.path, asset);
      before = inForce;
      inForce = published;
    },
    publishFiles(files) {
      const next = new Map(files.map((asset) => [asset.path, asset]));
      const isSame =
        next.size === filesInForce.size && [...next.keys()].every((path) => filesInForce.has(path));
      if (isSame) return;
      filesBefore = filesInForce;
      filesInForce = next;
    },
    async answer(request, response, path) {
      const asset = find(path);
      if (asset === undefined) return false;
      await respondWithAsset(request, response, asset);
      return true;
    },
  };
}
