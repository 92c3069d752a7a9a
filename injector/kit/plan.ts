import { createHash } from 'node:crypto';
import { satisfies } from 'semver';
import type { JellyfinVersion } from '../jellyfin/versions.ts';
import { type Claims, createClaims } from './claims.ts';
import { asSeenFromPage } from './css-addresses.ts';
import type { Hooks, Json, Mod, Tag } from './define-mod.ts';
import { ModVersionError } from './errors.ts';
import { joinStylesheets } from './stylesheet.ts';

/** Told once per failure which mod is left out of what, and why. */
export interface ModFailure {
  readonly mod: string;
  /** Which part failed: `jellyfin` (its version range), `hooks`, `client`, `html`, `json …`. */
  readonly hook: string;
  readonly error: unknown;
}

/** Everything the mods that are switched on do, by place, in the order in which they run. */
export interface Plan extends Claims {
  /** Changes with the mods, their options and their code on this side; safe in a URL. */
  readonly id: string;
  /** The mods that take part. */
  readonly hooks: readonly { readonly mod: string; readonly hooks: Hooks }[];
  /** The one stylesheet of all mods; empty when there are no rules. */
  readonly css: string;
  readonly tags: readonly { readonly mod: string; readonly tag: Tag }[];
  readonly htmlHooks: readonly { readonly mod: string; readonly run: NonNullable<Hooks['html']> }[];
  /** Mods with a part in the browser, and what it is given. */
  readonly client: readonly { readonly name: string; readonly options: Json }[];
  /** Mods that are switched on and take no part. */
  readonly leftOut: readonly { readonly mod: string; readonly reason: string }[];
}

/** What a plan is made of. */
export interface PlanInput {
  /** All mods there are, in the order in which they run. */
  readonly mods: readonly Mod[];
  /** Options, as the mod's schema gave them, of each mod that is switched on, by its name. */
  readonly enabled: { readonly [name: string]: unknown };
  /** The running Jellyfin; undefined while nobody knows: then no mod is left out for its version. */
  readonly jellyfinVersion: JellyfinVersion | undefined;
  readonly onFailure: (failure: ModFailure) => void;
}

/**
 * Turns the mods that are switched on into what has to be done, by place.
 *
 * A mod that is not for this version of Jellyfin, or whose `hooks` throws, is left out and reported once; the others stand.
 * Promises: the same input gives the same plan and `id`; nothing of it changes later.
 *
 * @throws {ModConflictError} when two mods claim the same thing, with all such things.
 */
export function createPlan({ mods, enabled, jellyfinVersion, onFailure }: PlanInput): Plan {
  const hooks: { mod: string; hooks: Hooks }[] = [];
  const leftOut: { mod: string; reason: string }[] = [];
  for (const mod of mods) {
    if (!Object.hasOwn(enabled, mod.name)) continue;
    const result = readHooks(mod, enabled[mod.name], jellyfinVersion);
    if ('hooks' in result) {
      hooks.push({ mod: mod.name, hooks: result.hooks });
    } else {
      leftOut.push({ mod: mod.name, reason: messageOf(result.error) });
      onFailure({ mod: mod.name, hook: result.hook, error: result.error });
    }
  }
  const claims = createClaims(hooks);
  const data = {
    css: joinStylesheets(
      hooks.map((entry) => ({ mod: entry.mod, css: asSeenFromPage(entry.hooks.css ?? '') })),
    ),
    tags: hooks.flatMap(({ mod, hooks: { tags = [] } }) => tags.map((tag) => ({ mod, tag }))),
    client: hooks.flatMap(({ mod, hooks: { client } }) =>
      client === undefined ? [] : [{ name: mod, options: client }],
    ),
    leftOut,
  };
  const htmlHooks = hooks.flatMap(({ mod, hooks: { html } }) =>
    html === undefined ? [] : [{ mod, run: html }],
  );
  const inForce = mods.filter((mod) => hooks.some((entry) => entry.mod === mod.name));
  const id = hash([
    data,
    [...claims.strings],
    inForce.map((mod) => [mod.name, enabled[mod.name], String(mod.hooks)]),
    htmlHooks.map(({ run }) => String(run)),
    [...claims.jsonChanges].map(([name, changes]) => [
      name,
      [...changes].map(([key, { change }]) => [key, String(change)]),
    ]),
  ]);
  return { id, hooks, ...data, ...claims, htmlHooks };
}

type Outcome = { readonly hooks: Hooks } | { readonly hook: string; readonly error: unknown };

function readHooks(mod: Mod, options: unknown, version: JellyfinVersion | undefined): Outcome {
  const running = version && `${version.major}.${version.minor}.${version.patch}`;
  if (running !== undefined && !satisfies(running, mod.jellyfin)) {
    return { hook: 'jellyfin', error: new ModVersionError(mod.name, mod.jellyfin, running) };
  }
  try {
    return { hooks: mod.hooks(options) };
  } catch (error) {
    return { hook: 'hooks', error };
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function hash(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 22);
}
