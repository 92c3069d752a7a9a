import type { IncomingMessage, ServerResponse } from 'node:http';
import { LRUCache } from 'lru-cache';
import { type Asset, respondWithAsset } from '../http/asset.ts';
import type { RewrittenFiles } from '../rewrite/rewritten-files.ts';

/** Serves the script and stylesheet of the mods, and the files that their options name. */
export interface Assets {
  /** Makes our script and stylesheet reachable. Those of the last few stay: pages loaded before a reload still ask for them. */
  publish(rewrittenFiles: Pick<RewrittenFiles, 'assets'>): void;
  /** Makes the files of the configuration that comes into force reachable. Those of the one before stay, and of no older one. */
  publishFiles(files: readonly Asset[]): void;
  /** Answers a request below `/gatehouse`, or returns false when the path is none of these files. */
  answer(request: IncomingMessage, response: ServerResponse, path: string): Promise<boolean>;
}

/** How many scripts and stylesheets stay reachable. */
const MAX_KEPT = 12;

type ByPath = ReadonlyMap<string, Asset>;

/** Makes an empty set of files. */
export function createAssets(): Assets {
  const own = new LRUCache<string, Asset>({ max: MAX_KEPT });
  let inForce: ByPath = new Map();
  let before: ByPath = new Map();
  return {
    publish({ assets }) {
      for (const asset of assets) own.set(asset.path, asset);
    },
    publishFiles(files) {
      const next = new Map(files.map((asset) => [asset.path, asset]));
      const isSame = next.size === inForce.size && [...next.keys()].every((path) => inForce.has(path));
      if (isSame) return;
      before = inForce;
      inForce = next;
    },
    async answer(request, response, path) {
      // Not `get`: what strangers ask for must not say which file goes first.
      const asset = own.peek(path) ?? inForce.get(path) ?? before.get(path);
      if (asset === undefined) return false;
      await respondWithAsset(request, response, asset);
      return true;
    },
  };
}
