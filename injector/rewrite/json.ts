import type { JsonChange } from '../kit/define-mod.ts';
import type { OnModFailure } from '../kit/errors.ts';

/** A change of one top-level value, with the mod it belongs to. */
export interface OwnedChange {
  readonly mod: string;
  readonly change: JsonChange;
}

/**
 * Rewrites top-level values of a JSON object. Keys are found as Jellyfin spelled them, also when the client asked for
 * camelCase; a missing key is added in the document's own case. A change that throws leaves its value as it was and is reported.
 *
 * @returns undefined when the text is not a JSON object: the caller then serves the original bytes.
 */
export function rewriteJson(
  text: string,
  changes: ReadonlyMap<string, OwnedChange>,
  onFailure: OnModFailure,
): string | undefined {
  let document: unknown;
  try {
    document = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
  if (typeof document !== 'object' || document === null || Array.isArray(document)) return undefined;
  const copy: Record<string, unknown> = { ...document };
  const isCamelCase = Object.keys(copy).length > 0 && Object.keys(copy).every((name) => /^[a-z]/.test(name));
  for (const [key, { mod, change }] of changes) {
    const spelled =
      Object.keys(copy).find((name) => name.toLowerCase() === key.toLowerCase()) ??
      (isCamelCase ? key.replace(/^[A-Z]/, (letter) => letter.toLowerCase()) : key);
    try {
      copy[spelled] = change(copy[spelled]);
    } catch (error) {
      onFailure({ mod, hook: `json ${key}`, error });
    }
  }
  return JSON.stringify(copy);
}
