import { z } from 'zod';
import { isWebAddress } from './web-address.ts';

/** Kinds that are a folder; what is in it is of one kind. */
const FOLDER_KINDS = ['fonts', 'pictures'] as const;

/** A folder of files of an admin's. */
export type FolderKind = (typeof FOLDER_KINDS)[number];

/** What a file of an admin's may be; each kind is checked by its bytes. `icons` is one picture in all sizes. */
export type FileKind = 'picture' | 'icons' | 'style' | 'script' | FolderKind;

/** Whether it is a folder beside `config.yaml`. */
export function isFolderKind(kind: FileKind): kind is FolderKind {
  return (FOLDER_KINDS as readonly FileKind[]).includes(kind);
}

/** A file as an option names it. */
export interface FileRef {
  readonly kind: FileKind;
  /** A path relative to the folder of `config.yaml`, with slashes, or a web address. */
  readonly from: string;
}

/** A file of an admin's as browsers get it. */
export interface ServedFile {
  /** Address as seen from the page, e.g. `../gatehouse/mods/4fJ….png`; empty for a folder and for `icons`. */
  readonly href: string;
  /** Content of a style or script; addresses in a style lead to us. */
  readonly text?: string;
  /** What a folder or a picture of several sizes became; `name` is the file's name, or the width such as `180`. */
  readonly entries?: readonly { readonly name: string; readonly href: string }[];
}

/** Gives mods what became of the files in their options. */
export interface Files {
  /** For a file without which the mod is nothing. @throws {FileMissingError} when it could not be had; the mod is then left out. */
  get(file: FileRef): ServedFile;
  /** For a file beside which the mod has others, or rules: undefined when it could not be had. Health, log and `check` name it. */
  find(file: FileRef): ServedFile | undefined;
}

/** All files of a configuration as data, by `keyOf`; a text says why one could not be had. */
export type ServedFiles = { readonly [key: string]: ServedFile | string };

/** Tells files apart: one may be wanted as two kinds. */
export const keyOf = ({ kind, from }: FileRef): string => `${kind} ${from}`;

/** A file that an option names could not be had. */
export class FileMissingError extends Error {
  readonly code = 'MOD_FILE_MISSING';

  constructor({ from }: FileRef, reason: string) {
    super(`${from}: ${reason}`);
    this.name = 'FileMissingError';
  }
}

/** Makes the look-up that `hooks` is given. */
export function createFiles(served: ServedFiles): Files {
  return {
    get(file) {
      const found = outcomeOf(file, served);
      if (typeof found === 'object') return found;
      throw new FileMissingError(file, found ?? 'was not read');
    },
    find(file) {
      const found = outcomeOf(file, served);
      return typeof found === 'object' ? found : undefined;
    },
  };
}

/** What became of a file, or why it could not be had; undefined while nobody has read it. */
function outcomeOf(file: FileRef, served: ServedFiles): ServedFile | string | undefined {
  return Object.hasOwn(served, keyOf(file)) ? served[keyOf(file)] : undefined;
}

/** Files in options that could not be had. */
export function missingIn(options: unknown, served: ServedFiles): FileMissingError[] {
  return filesIn(options).flatMap((file) => {
    const found = outcomeOf(file, served);
    return typeof found === 'string' ? [new FileMissingError(file, found)] : [];
  });
}

/** Longest path or address. */
const MAX_LENGTH = 2000;

/** Relative, with slashes, and without a way out: what stands beside `config.yaml`. */
export function isPathInside(text: string): boolean {
  const isPlain = /^[^\\:*?"<>|\p{Cc}]+$/u.test(text) && !text.startsWith('/') && !text.startsWith('~');
  return isPlain && text.split('/').every((part) => part !== '..' && part.trim() === part && part !== '');
}

/**
 * The option for a picture, font, style or script: a path relative to `config.yaml`, or an address that Gatehouse fetches
 * itself, once. A folder is always a path. Its value is a `FileRef`.
 */
export function fileOption(kind: FileKind) {
  const mayBeFetched = !isFolderKind(kind);
  return z
    .string()
    .max(MAX_LENGTH)
    .refine((text) => isPathInside(text.replace(/^\.\//, '')) || (mayBeFetched && isWebAddress(text)), {
      error: mayBeFetched
        ? 'must be a path beside config.yaml, such as pictures/garden.jpg, or an address that begins with https:// or http://'
        : `must be a path beside config.yaml, such as ${kind}`,
    })
    .transform((text): FileRef => ({ kind, from: text.replace(/^\.\//, '') }));
}

/** Every place in options that names a file, with the way there. */
export function placesOfFiles(
  options: unknown,
): { readonly file: FileRef; readonly path: readonly PropertyKey[] }[] {
  if (typeof options !== 'object' || options === null) return [];
  if (isFileRef(options)) return [{ file: options, path: [] }];
  const isList = Array.isArray(options);
  return Object.entries(options).flatMap(([key, inner]) =>
    placesOfFiles(inner).map(({ file, path }) => ({ file, path: [isList ? Number(key) : key, ...path] })),
  );
}

/** Every file that options name, wherever in them it stands; each once. */
export function filesIn(options: unknown): FileRef[] {
  return [...new Map(placesOfFiles(options).map(({ file }) => [keyOf(file), file])).values()];
}

const KINDS: readonly unknown[] = [
  'picture',
  'icons',
  'style',
  'script',
  ...FOLDER_KINDS,
] satisfies FileKind[];

function isFileRef(value: object): value is FileRef {
  const { kind, from } = value as Partial<FileRef>;
  return KINDS.includes(kind) && typeof from === 'string' && Object.keys(value).length === 2;
}
