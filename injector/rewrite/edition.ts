import { createHash } from 'node:crypto';
import { createRepresentation, type Representation } from '../http/representation.ts';
import { JSON_DOCUMENTS, type JsonDocument } from '../jellyfin/documents.ts';
import type { RewrittenRoute } from '../jellyfin/routes.ts';
import type { Plan } from '../kit/plan.ts';
import { type OwnedChange, rewriteJson } from './json.ts';
import { type OnModFailure, rewritePage } from './page.ts';
import { replaceServiceWorker } from './service-worker.ts';

/** A script or stylesheet of ours, served under a name that changes with its bytes. */
export interface Asset {
  /** Path below `/gatehouse`, e.g. `/mods/4fJ….js`. */
  readonly path: string;
  readonly contentType: string;
  readonly representation: Representation;
}

/** All that browsers get of one configuration: how files are rewritten, and our own script and stylesheet. */
export interface Edition {
  /** Changes whenever anything in it changes. */
  readonly id: string;
  readonly assets: readonly Asset[];
  /** False when a file is passed through as it is. */
  changes(route: RewrittenRoute): boolean;
  /**
   * Rewrites a file. Never throws for a broken mod; what cannot be read as what it should be comes back untouched.
   *
   * @param contentType Of the original; only UTF-8 is rewritten.
   */
  rewrite(route: RewrittenRoute, bytes: Buffer, contentType: string): Buffer;
}

/** Name under which Jellyfin's plugin manager finds our plugin. */
const PLUGIN_ENTRY = 'gatehouse/plugin';

/** Makes an edition of a plan and the client script that belongs to it (undefined when nothing runs in the browser). */
export function createEdition(
  plan: Plan,
  clientScript: string | undefined,
  onFailure: OnModFailure,
): Edition {
  const script =
    clientScript === undefined ? undefined : asset(clientScript, 'js', 'text/javascript; charset=utf-8');
  const style = plan.css === '' ? undefined : asset(plan.css, 'css', 'text/css; charset=utf-8');
  const assets = [script, style].filter((entry) => entry !== undefined);
  const id = createHash('sha256')
    .update(`${plan.id} ${assets.map((entry) => entry.path).join(' ')}`)
    .digest('base64url');

  function jsonChanges(document: JsonDocument): ReadonlyMap<string, OwnedChange> {
    const changes = new Map(plan.jsonChanges.get(document) ?? []);
    if (document === 'config' && script !== undefined) {
      const owned = changes.get('plugins');
      changes.set('plugins', {
        mod: 'gatehouse',
        change: (value) => withPlugin(owned === undefined ? value : owned.change(value)),
      });
    }
    return changes;
  }

  return {
    id,
    assets,
    changes(route) {
      if (route === 'page') return assets.length > 0 || plan.htmlHooks.length > 0 || plan.tags.length > 0;
      if (route === 'service-worker') return this.changes('page') || this.changes('config');
      return jsonChanges(route).size > 0;
    },
    rewrite(route, bytes, contentType) {
      if (!isUtf8(bytes, contentType)) return bytes;
      const text = bytes.toString('utf8');
      if (route === 'service-worker') return Buffer.from(replaceServiceWorker(text));
      if (route in JSON_DOCUMENTS) {
        const rewritten = rewriteJson(text, jsonChanges(route as JsonDocument), onFailure);
        return rewritten === undefined ? bytes : Buffer.from(rewritten);
      }
      const extras = {
        ...(script === undefined ? {} : { scriptUrl: `../gatehouse${script.path}` }),
        ...(style === undefined ? {} : { styleUrl: `../gatehouse${style.path}` }),
      };
      return Buffer.from(rewritePage(text, plan, extras, onFailure));
    },
  };
}

function asset(text: string, extension: 'js' | 'css', contentType: string): Asset {
  const representation = createRepresentation(Buffer.from(text));
  return { path: `/mods/${representation.hash}.${extension}`, contentType, representation };
}

function withPlugin(plugins: unknown): unknown {
  if (!Array.isArray(plugins)) return [PLUGIN_ENTRY];
  return plugins.includes(PLUGIN_ENTRY) ? plugins : [...plugins, PLUGIN_ENTRY];
}

function isUtf8(bytes: Buffer, contentType: string): boolean {
  const charset = /charset=\s*"?([a-z0-9_-]+)/i.exec(contentType)?.[1]?.toLowerCase();
  if (charset !== undefined && charset !== 'utf-8' && charset !== 'utf8') return false;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
