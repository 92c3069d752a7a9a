import { type ChangedFile, findChangedFiles } from './check/changed-files.ts';
import { checkMods, type ModCheck } from './check/check-mods.ts';
import { createClientScript, readModPart } from './client-script.ts';
import { parseJellyfinVersion } from './jellyfin/versions.ts';
import type { Mod } from './kit/define-mod.ts';
import type { SwitchedOn } from './kit/entries.ts';
import type { ServedFiles } from './kit/file-option.ts';
import { createPlan } from './kit/plan.ts';
import { styleUrlOf } from './rewrite/rewritten-files.ts';
import { createUpstream } from './upstream/upstream.ts';

/** How the mods that are switched on fit the Jellyfin that runs. */
export interface ClientReport {
  /** As Jellyfin says it, e.g. `10.11.11`. */
  readonly version: string;
  /** In the order in which the mods run. */
  readonly mods: readonly ModCheck[];
  /** Undefined where nobody asked. */
  readonly files: readonly ChangedFile[] | undefined;
}

/**
 * Asks the running Jellyfin whether what the mods stand on is there, and what they change.
 *
 * @param on.files What became of files that options name.
 * @param parts.clientFolder Folder of the built browser parts.
 * @param parts.withFiles Whether to show what becomes of each file.
 * @throws {Error} when Jellyfin cannot be reached, or does not say what it is.
 * @throws {ModConflictError} when two mods claim the same thing.
 */
export async function createClientReport(
  jellyfin: { readonly url: string; readonly ca: string | undefined },
  on: SwitchedOn & { readonly mods: readonly Mod[]; readonly files: ServedFiles },
  parts: { readonly clientFolder: string; readonly withFiles: boolean },
): Promise<ClientReport> {
  const upstream = createUpstream(jellyfin.url, jellyfin.ca);
  try {
    const path = `${upstream.basePath}/System/Info/Public`;
    const { body } = await upstream.ask({ path, headers: {}, timeoutMs: 10_000 });
    const version = String((JSON.parse(body.toString()) as { Version?: unknown }).Version);
    const jellyfinVersion = parseJellyfinVersion(version);
    const plan = createPlan({ ...on, jellyfinVersion, onFailure: () => undefined });
    const readPart = (id: string) => readModPart(parts.clientFolder, id);
    const mods = await checkMods(plan, upstream, jellyfinVersion, readPart);
    if (!parts.withFiles) return { version, mods, files: undefined };
    const script = await createClientScript({ folder: parts.clientFolder, plan });
    const extras = {
      ...(script && { scriptUrl: `../gatehouse/mods/${script.hash}.js` }),
      ...(plan.css !== '' && { styleUrl: styleUrlOf(plan.css) }),
    };
    return { version, mods, files: await findChangedFiles(plan, upstream, extras) };
  } finally {
    upstream.client.close();
  }
}
