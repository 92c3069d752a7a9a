import type { IncomingMessage, ServerResponse } from 'node:http';
import { LRUCache } from 'lru-cache';
import { respond } from '../http/representation.ts';
import type { Asset, RewrittenFiles } from '../rewrite/rewritten-files.ts';

/** Serves the script and stylesheet of the mods. */
export interface Assets {
  /** Makes our script and stylesheet reachable. Those of the last few stay: pages loaded before a reload still ask for them. */
  publish(rewrittenFiles: RewrittenFiles): void;
  /** Answers a request below `/gatehouse`, or returns false when the path is none of these files. */
  answer(request: IncomingMessage, response: ServerResponse, path: string): Promise<boolean>;
}

/** How many files stay reachable. */
const MAX_KEPT = 12;

/** Makes an empty set of files. */
export function createAssets(): Assets {
  const kept = new LRUCache<string, Asset>({ max: MAX_KEPT });
  return {
    publish(rewrittenFiles) {
      for (const asset of rewrittenFiles.assets) kept.set(asset.path, asset);
    },
    async answer(request, response, path) {
      // Not `get`: what strangers ask for must not say which file goes first.
      const asset = kept.peek(path);
      if (asset === undefined) return false;
      if (request.method !== 'GET' && request.method !== 'HEAD') {
        response.writeHead(405, { Allow: 'GET, HEAD', 'Content-Length': 0 }).end();
        return true;
      }
      await respond(request, response, asset.representation, [
        ...['Content-Type', asset.contentType],
        // The name changes with the bytes, so a copy is right for ever. Source: RFC 8246.
        ...['Cache-Control', 'public, max-age=31536000, immutable'],
        ...['X-Content-Type-Options', 'nosniff'],
        // A page that asks for cross-origin isolation may still load it. Source: Fetch, section 3.7.
        ...['Cross-Origin-Resource-Policy', 'same-origin'],
      ]);
      return true;
    },
  };
}
