import { posix } from 'node:path';
import { validRange } from 'semver';
import { z } from 'zod';
import { CLIENT_SETTINGS, type ClientSetting } from '../jellyfin/client-settings.ts';
import { JSON_DOCUMENTS, type JsonDocument } from '../jellyfin/routes.ts';
import { STRING_KEYS, type StringKey } from '../jellyfin/strings.ts';
import { type FileKind, type FileRef, isPathInside } from './file-option.ts';
import { assetIn, htmlElement } from './html-element.ts';
import { menuLink } from './link-target.ts';
import { replacements } from './replacements.ts';
import { writtenText } from './written-text.ts';

/** A picture, or one of the fonts in a folder, as a mod's own rules and elements name it. */
export interface DataModAsset {
  readonly file: FileRef;
  /** Of a font: its name in the folder. */
  readonly font?: string;
}

/** Name of a mod, which is also that of its folder: small letters and digits, with `-` between the words. */
export const MOD_NAME = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
/** Longest name of a mod; a longer one would not be shown in problems of the configuration. */
export const MAX_MOD_NAME_LENGTH = 40;
/** Folder beside `config.yaml` that an admin's own mods are in, each in a folder of its own. */
export const DATA_MODS_FOLDER = 'mods';

/** Where rules name a file of the mod: `url(asset:NAME)`, with or without quotes. */
export const ASSET_URL = /url\(\s*(["']?)asset:([^"'()\s]{0,60})\1\s*\)/gi;

const FONT = /\.(?:woff2?|ttf|otf)$/i;
const MAX_FILES = 30;
const KEY = /^[A-Za-z][A-Za-z0-9_]{0,59}$/;

/** What has a field of its own, or would run code without saying so. */
const NOT_AS_JSON: Readonly<Record<string, string>> = {
  'config plugins': 'loads code; use scripts, which says so',
  'config menulinks': 'would take the links of others away; use menuLinks',
  'branding customcss': 'would take the rules of Jellyfin’s own settings away; use css or styles',
};

function ownPath(example: string, isRight: (path: string) => boolean) {
  return z
    .string()
    .max(200)
    .transform((text) => text.replace(/^\.\//, ''))
    .refine((path) => isPathInside(path) && isRight(path), {
      error: `must be a path in the folder of this mod, such as ${example}, and no address`,
    });
}

function ownFile(kind: 'style' | 'script', folder: string) {
  const extension = { style: '.css', script: '.js' }[kind];
  const example = { style: 'look.css', script: 'clock.js' }[kind];
  return ownPath(example, (path) => path.toLowerCase().endsWith(extension)).transform(
    (path): FileRef => ({ kind, from: `${folder}/${path}` }),
  );
}

function ownAsset(folder: string) {
  return ownPath('garden.jpg or fonts/Inter.woff2', () => true).transform((path): DataModAsset => {
    const from = (kind: FileKind, inner: string): FileRef => ({ kind, from: posix.join(folder, inner) });
    if (!FONT.test(path)) return { file: from('picture', path) };
    return { file: from('fonts', posix.dirname(path)), font: posix.basename(path) };
  });
}

const SETTING_VALUES = [z.string().max(200), z.number(), z.boolean()] as const;

/** A value, or one that holds whatever a person chose. */
const settingDefault = z
  .union(
    [
      ...SETTING_VALUES,
      z.strictObject({
        value: z.union(SETTING_VALUES).meta({ description: 'The value, as the client keeps it.' }),
        force: z.boolean().default(false).meta({ description: 'Whether it holds whatever a person chose.' }),
      }),
    ],
    {
      error: ({ input }) =>
        typeof input === 'object' && input !== null && !Array.isArray(input)
          ? undefined
          : 'must be a value, or a group such as { value: true, force: true }',
    },
  )
  .transform((given) =>
    typeof given === 'object'
      ? { value: String(given.value), isForced: given.force }
      : { value: String(given), isForced: false },
  );

/** A word for the layout that a version does not know leaves its client without any; a mod of ours knows them all. */
type OwnSetting = Exclude<ClientSetting, 'layout'>;

const settings = z.strictObject(
  Object.fromEntries(
    CLIENT_SETTINGS.flatMap((name) => (name === 'layout' ? [] : [[name, settingDefault.optional()]])),
  ) as { [S in OwnSetting]: z.ZodOptional<typeof settingDefault> },
);

const texts = z.strictObject(
  Object.fromEntries(STRING_KEYS.map((key) => [key, writtenText(1000).optional()])) as {
    [K in StringKey]: z.ZodOptional<ReturnType<typeof writtenText>>;
  },
);

function constants(document: JsonDocument) {
  return z.record(z.string(), z.unknown()).superRefine((values, context) => {
    for (const [key, value] of Object.entries(values)) {
      const report = (message: string) => context.addIssue({ code: 'custom', path: [key], message });
      const fault = NOT_AS_JSON[`${document} ${key.toLowerCase()}`];
      if (!KEY.test(key)) report('must have a name of letters and digits, as Jellyfin has it');
      else if (fault !== undefined) report(fault);
      else if (JSON.stringify(value) === undefined || /\b(?:NaN|Infinity)\b/.test(String(value)))
        report('must be something that JSON knows: text, a number, true, false, null, a list or a group');
    }
  });
}

const jsonValues = z.strictObject(
  Object.fromEntries(
    (Object.keys(JSON_DOCUMENTS) as JsonDocument[]).map((document) => [
      document,
      constants(document)
        .optional()
        .meta({ description: `Values by name, for the top level of ${JSON_DOCUMENTS[document]}.` }),
    ]),
  ) as { [D in JsonDocument]: z.ZodOptional<ReturnType<typeof constants>> },
);

/**
 * What may stand in the `mod.yaml` of a mod that is data. Strict: a typo is an error. Its value is the definition, in which
 * files are `FileRef`s below `mods/NAME/`.
 *
 * @param folderName Name of the folder it is in.
 */
export function createDataModSchema(folderName: string) {
  const folder = `${DATA_MODS_FOLDER}/${folderName}`;
  return z
    .strictObject({
      name: z
        .string()
        .refine((name) => name === folderName, { error: `must be ${folderName}, as its folder is called` })
        .meta({
          description:
            'The name of the mod, which is that of its folder, and stands below mods: in config.yaml.',
        }),
      title: z
        .string()
        .trim()
        .min(1)
        .max(60)
        .refine((text) => !/[.\p{Cc}]$/u.test(text), { error: 'must not end with a full stop' })
        .meta({ description: 'What it does, in one line of at most 60 characters without a full stop.' }),
      jellyfin: z
        .string()
        .max(100)
        .refine((range) => validRange(range) !== null, {
          error: 'must be a range of versions, such as ">=10.8 <13"',
        })
        .default('>=10.8 <13')
        .meta({ description: 'The versions of Jellyfin it is for; on all others it is left out.' }),
      css: z
        .string()
        .max(64 * 1024)
        .optional()
        .meta({
          description: 'Rules for every page of the web client; url(asset:NAME) is a file of assets.',
        }),
      styles: z.array(ownFile('style', folder)).min(1).max(MAX_FILES).optional().meta({
        description:
          'Files with such rules, in the folder of the mod; relative addresses in them begin at the file.',
      }),
      texts: texts.optional().meta({
        description:
          'Texts of the client by their key, said differently: one text, or one for each language.',
      }),
      tags: z.array(htmlElement(true)).min(1).max(50).optional().meta({
        description: 'Elements for the page, as those of custom-html; an address may be asset:NAME.',
      }),
      menuLinks: z.array(menuLink()).min(1).max(20).optional().meta({
        description: 'Links in the menu of people who are signed in.',
      }),
      assets: z.record(z.string(), ownAsset(folder)).optional().meta({
        description: 'Pictures and fonts of the mod, by the name that rules and elements know them by.',
      }),
      defaults: settings.optional().meta({
        description:
          'What settings of the client are where a person chose nothing, or with force: true in any case.',
      }),
      json: jsonValues.optional().meta({
        description:
          'Values that replace those of Jellyfin in its configuration of the client, its branding or its manifest.',
      }),
      replacements: replacements().optional().meta({
        description:
          'Texts in the client’s own files that are replaced, as those of rewrite. One in a script runs code, and the mod says so.',
      }),
      scripts: z.array(ownFile('script', folder)).min(1).max(MAX_FILES).optional().meta({
        description:
          'Scripts of the mod, which run when the page has been read. A mod that has any says so wherever it is listed.',
      }),
    })
    .superRefine(({ assets = {}, css = '', tags = [], ...rest }, context) => {
      const report = (path: PropertyKey[], message: string) =>
        context.addIssue({ code: 'custom', path: [...path], message });
      const names = Object.keys(assets);
      for (const name of names)
        if (assetIn(`asset:${name}`) === undefined)
          report(['assets', name], 'must have a name of small letters, digits and -, such as garden');
      if (names.length > MAX_FILES) report(['assets'], `must have at most ${MAX_FILES} entries`);
      const unknown = (name: string): string | undefined =>
        Object.hasOwn(assets, name)
          ? undefined
          : `names asset:${name}, which assets does not have; add it there`;
      for (const [, , name = ''] of css.matchAll(ASSET_URL)) {
        const fault = unknown(name);
        if (fault !== undefined) report(['css'], fault);
      }
      for (const [index, { attributes = {} }] of tags.entries()) {
        for (const [attribute, value] of Object.entries(attributes)) {
          const name = attribute === 'href' || attribute === 'src' ? assetIn(value) : undefined;
          const fault = name === undefined ? undefined : unknown(name);
          if (fault !== undefined) report(['tags', index, 'attributes', attribute], fault);
        }
      }
      const { styles, texts: said, menuLinks, defaults, json, replacements: replaced, scripts } = rest;
      const changes = [css.trim(), tags[0], styles, said, menuLinks, defaults, json, replaced, scripts];
      const fields = 'css, styles, texts, tags, menuLinks, defaults, json, replacements or scripts';
      if (!changes.some(Boolean)) report([], `changes nothing; add ${fields}`);
    });
}

/** What a `mod.yaml` says, checked: plain data. */
export type DataModDefinition = z.output<ReturnType<typeof createDataModSchema>>;
