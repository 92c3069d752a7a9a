import type { IncomingMessage, ServerResponse } from 'node:http';
import { respond } from '../http/respond.ts';
import type { Asset, Edition } from '../rewrite/rewritten-files.ts';

/** Serves the script and stylesheet of the mods. */
export interface Assets {
  /** Makes the files of an edition reachable. Those of the last few stay: pages loaded before a reload still ask for them. */
  publish(edition: Edition): void;
  /** Answers a request below `/gatehouse`, or returns false when the path is none of these files. */
  answer(request: IncomingMessage, response: ServerResponse, path: string): Promise<boolean>;
}

/** How many files stay reachable. */
const MAX_KEPT = 12;

/** Makes an empty set of files. */
export function createAssets(): Assets {
  const kept = new Map<string, Asset>();
  return {
    publish(edition) {
      for (const asset of edition.assets) {
        kept.delete(asset.path);
        kept.set(asset.path, asset);
      }
      for (const path of kept.keys()) {
        if (kept.size <= MAX_KEPT) break;
        kept.delete(path);
      }
    },
    async answer(request, response, path) {
      const asset = kept.get(path);
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
