import type { Asset } from '../http/asset.ts';
import { asSeenFromPage } from '../kit/css-addresses.ts';
import { type FileRef, type FolderKind, isFolderKind, keyOf, type ServedFile } from '../kit/file-option.ts';
import { FileFaultError } from './file-fault.ts';
import { type FoundFile, flattenStyle, type ReadPlace } from './flatten-style.ts';
import { type IconSizes, makeIconSizes, PictureUnreadableError } from './icon-sizes.ts';
import { FILE_LIMITS } from './limits.ts';
import { expectMedia, expectText, type Media } from './media-kind.ts';
import { expectTextName, nameOf, placeOf } from './places.ts';
import { createPublisher, type Publisher } from './publisher.ts';

/** Where the bytes of files come from. */
export interface FileSources {
  readonly read: ReadPlace;
  /** Names of the files in a folder beside `config.yaml`. @throws {FileFaultError} */
  list(path: string): Promise<readonly string[]>;
}

/** Why a file cannot be used. */
export interface FileProblem {
  readonly file: FileRef;
  /** The end of a sentence that begins with the file's name. */
  readonly message: string;
  /** As of `FileFaultError`. */
  readonly isPassing: boolean;
}

/** What became of files. */
export interface ServedOutcome {
  /** By `keyOf`. */
  readonly served: ReadonlyMap<string, ServedFile>;
  readonly problems: readonly FileProblem[];
  /** What has to be reachable for it. */
  readonly assets: readonly Asset[];
}

/**
 * Reads files that options name, checks each by its bytes, and makes of them what mods and browsers get. What cannot be
 * used is told and harms no other file. Never rejects for a file's sake.
 */
export async function serveFiles(
  files: readonly FileRef[],
  { read, list }: FileSources,
): Promise<ServedOutcome> {
  const publisher = createPublisher();
  const served = new Map<string, ServedFile>();
  const problems: FileProblem[] = [];
  const readOnce = remember(read);
  await Promise.all(
    files.map(async (file) => {
      try {
        const one = await serve(file, { read: readOnce, list }, publisher);
        if (one !== undefined) served.set(keyOf(file), one);
      } catch (error) {
        if (!(error instanceof FileFaultError)) throw error;
        problems.push({ file, message: error.message, isPassing: error.isPassing });
      }
    }),
  );
  return { served, problems, assets: publisher.assets };
}

/** Each place is read once, however many styles name it. */
function remember(read: ReadPlace): ReadPlace {
  const known = new Map<string, ReturnType<ReadPlace>>();
  return (place, isPart = false) => {
    const name = `${isPart} ${nameOf(place)}`;
    const found = known.get(name) ?? read(place, isPart);
    known.set(name, found);
    return found;
  };
}

/** Undefined when nobody wants to know now. */
async function serve(
  { kind, from }: FileRef,
  { read, list }: FileSources,
  publisher: Publisher,
): Promise<ServedFile | undefined> {
  if (isFolderKind(kind)) return await serveFolder(kind, from, { read, list }, publisher);
  const place = placeOf(from);
  if (kind === 'style' || kind === 'script') expectTextName(place, kind);
  const found = await read(place);
  if (found === undefined) return undefined;
  switch (kind) {
    case 'picture':
      return { href: publisher.publish(found.bytes, expectMedia(found.bytes, 'picture')) };
    case 'icons':
      return await serveIcons(found, publisher);
    case 'script': {
      const text = expectText(found.bytes);
      const media = { extension: 'js', contentType: 'text/javascript; charset=utf-8' };
      return { href: publisher.publish(Buffer.from(text), media), text };
    }
    case 'style': {
      const text = await flattenStyle(found, read, publisher);
      const media = { extension: 'css', contentType: 'text/css; charset=utf-8' };
      return { href: publisher.publish(Buffer.from(asSeenFromPage(text)), media), text };
    }
  }
}

/** What is looked for in a folder, by name; all else in it is left alone. */
const IN_FOLDER: {
  readonly [kind in FolderKind]: {
    readonly media: Media['kind'];
    readonly name: RegExp;
    readonly most: number;
    /** What to put into an empty one. */
    readonly one: string;
  };
} = {
  fonts: {
    media: 'font',
    name: /\.(?:woff2?|ttf|otf)$/i,
    most: FILE_LIMITS.count,
    one: 'font in it (.woff2, .woff, .ttf or .otf)',
  },
  pictures: {
    media: 'picture',
    name: /\.(?:png|jpe?g|gif|webp|avif|svg)$/i,
    most: FILE_LIMITS.picturesInFolder,
    one: 'picture in it (.png, .jpg, .gif, .webp, .avif or .svg)',
  },
};

async function serveFolder(
  kind: FolderKind,
  folder: string,
  { read, list }: FileSources,
  publisher: Publisher,
): Promise<ServedFile> {
  const { media, name: isWanted, most, one } = IN_FOLDER[kind];
  const names = (await list(folder)).filter((name) => isWanted.test(name));
  if (names.length === 0) throw new FileFaultError(`has no ${one}; put one there`);
  if (names.length > most)
    throw new FileFaultError(`has ${names.length} ${kind} in it, and ${most} are the most; take some out`);
  const entries = await Promise.all(
    names.map(async (name) => {
      try {
        const found = await read({ local: `${folder}/${name}` });
        const bytes = found?.bytes ?? Buffer.alloc(0);
        return { name, href: publisher.publish(bytes, expectMedia(bytes, media)) };
      } catch (error) {
        if (!(error instanceof FileFaultError)) throw error;
        throw new FileFaultError(`has ${name} in it, which ${error.message}`, error.isPassing);
      }
    }),
  );
  return { href: '', entries };
}

async function serveIcons({ bytes }: FoundFile, publisher: Publisher): Promise<ServedFile> {
  expectMedia(bytes, 'picture');
  let sizes: IconSizes;
  try {
    sizes = await makeIconSizes(bytes);
  } catch (error) {
    if (error instanceof PictureUnreadableError) throw new FileFaultError(error.message);
    throw error;
  }
  const entries = [...sizes].map(([name, { bytes: icon, contentType }]) => {
    const extension = contentType === 'image/x-icon' ? 'ico' : 'png';
    return { name, href: publisher.publish(icon, { extension, contentType }) };
  });
  return { href: '', entries };
}
