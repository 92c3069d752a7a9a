import { z } from 'zod';
import type { Tag } from './define-mod.ts';
import { isLinkTarget, isPageTarget } from './link-target.ts';

/** Elements that say something about the page; they stand in its head. */
const IN_HEAD = ['meta', 'link'] as const;
/** Elements that are shown. None runs code, shows another site inside of Jellyfin's page, or asks people to type. */
const IN_BODY = [
  ...([
    'a',
    'abbr',
    'address',
    'article',
    'aside',
    'b',
    'blockquote',
    'br',
    'cite',
    'code',
    'dd',
    'del',
  ] as const),
  ...([
    'div',
    'dl',
    'dt',
    'em',
    'figcaption',
    'figure',
    'footer',
    'h1',
    'h2',
    'h3',
    'h4',
    'h5',
    'h6',
  ] as const),
  ...([
    'header',
    'hr',
    'i',
    'img',
    'kbd',
    'li',
    'mark',
    'nav',
    'ol',
    'p',
    'pre',
    'q',
    's',
    'section',
  ] as const),
  ...(['small', 'span', 'strong', 'sub', 'sup', 'time', 'u', 'ul', 'wbr'] as const),
] as const;
const WITHOUT_TEXT: readonly string[] = ['meta', 'link', 'br', 'hr', 'img', 'wbr'];

/** Why an element is not among them, and what is used in its place. */
const REFUSED: Readonly<Record<string, string>> = {
  script: 'runs code; use the mod custom-script, or scripts in a mod.yaml',
  style: 'holds rules; use the mod custom-css, or css in a mod.yaml',
  ...Object.fromEntries(
    ['iframe', 'frame', 'object', 'embed', 'portal', 'svg', 'math'].map((tag) => [
      tag,
      'can bring a page or code of somebody else into the one of Jellyfin; link to it with a, or show a picture with img',
    ]),
  ),
  ...Object.fromEntries(
    ['form', 'input', 'button', 'textarea', 'select'].map((tag) => [
      tag,
      'asks people to type, and the page holds their session; link with a to a page of your own',
    ]),
  ),
  base: 'would lead every address of the page elsewhere; leave it out',
};

const ANYWHERE = ['id', 'class', 'lang', 'dir', 'title', 'role', 'hidden', 'tabindex'];
const ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  a: ['href', 'target', 'rel'],
  img: ['src', 'alt', 'width', 'height', 'loading', 'decoding'],
  meta: ['name', 'property', 'content', 'media'],
  link: ['rel', 'href', 'type', 'sizes', 'media', 'as', 'crossorigin', 'integrity', 'color'],
  time: ['datetime'],
};
/** What may be linked from the head; a `manifest` would stand beside Jellyfin's, and the rest loads code. */
const RELATIONS = [
  ...[
    'author',
    'dns-prefetch',
    'help',
    'icon',
    'apple-touch-icon',
    'license',
    'mask-icon',
    'me',
    'preconnect',
  ],
  ...['search', 'shortcut icon', 'stylesheet'],
];
const FREE_NAME = /^(?:data|aria)-[a-z][a-z0-9-]{0,59}$/;
/** A file of a mod's own, by the name that its `assets` give it. */
const ASSET = /^asset:([a-z][a-z0-9-]{0,39})$/;

/** The name of the asset that a text is the address of; undefined when it is none. */
export const assetIn = (text: string | boolean): string | undefined =>
  typeof text === 'string' ? ASSET.exec(text)?.[1] : undefined;

/**
 * The option for an element of the page as data: an element of a closed list, attributes of a closed list, and plain text.
 * Nothing that runs passes: no handlers of events, no `javascript:`, no `style`. Its value is a `Tag`.
 *
 * @param knowsAssets Whether `asset:NAME` may stand for an address.
 */
export function htmlElement(knowsAssets = false) {
  return z
    .strictObject({
      tag: z
        .enum([...IN_HEAD, ...IN_BODY], {
          error: ({ input }) =>
            typeof input === 'string' && Object.hasOwn(REFUSED, input.toLowerCase())
              ? REFUSED[input.toLowerCase()]
              : undefined,
        })
        .meta({
          description:
            'Name of the element: meta or link for the head, or one that is shown, such as div or a.',
        }),
      attributes: z
        .record(
          z.string(),
          z.union([z.string().max(2000), z.boolean()], { error: 'must be text, or true for a bare name' }),
        )
        .optional()
        .meta({
          description:
            'Its attributes, by name. None that runs code passes: no onclick and the like, no javascript:.',
        }),
      text: z.string().max(4000).optional().meta({ description: 'The text in it, as plain text.' }),
      place: z.enum(['head-start', 'head-end', 'body-end']).optional().meta({
        description:
          'Where it stands: head-start, head-end or body-end. Default: meta and link at the end of the head, all others at the end of the body.',
      }),
    })
    .superRefine(({ tag, attributes = {}, text, place }, context) => {
      const report = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message });
      if (text !== undefined && WITHOUT_TEXT.includes(tag))
        report(['text'], `has no place in ${tag}; leave it out`);
      const isOfHead = IN_HEAD.some((one) => one === tag);
      if (place !== undefined && isOfHead === (place === 'body-end'))
        report(['place'], `must be ${isOfHead ? 'head-start or head-end' : 'body-end'} for ${tag}`);
      for (const [name, value] of Object.entries(attributes)) {
        const fault = faultOf(tag, name, value, knowsAssets);
        if (fault !== undefined) report(['attributes', name], fault);
      }
    })
    .transform(({ tag, attributes, text, place }): Tag => {
      const isOfHead = IN_HEAD.some((one) => one === tag);
      // A browser of 2016 would let the page that opens reach back into this one.
      const kept =
        attributes?.['target'] === undefined ? attributes : { rel: 'noopener noreferrer', ...attributes };
      return {
        tag,
        ...(kept && { attributes: kept }),
        ...(text !== undefined && { text }),
        place: place ?? (isOfHead ? 'head-end' : 'body-end'),
      };
    });
}

/** What is wrong with an attribute, as the end of a sentence that begins with its name. */
function faultOf(
  tag: string,
  name: string,
  value: string | boolean,
  knowsAssets: boolean,
): string | undefined {
  if (/^on/i.test(name))
    return 'runs code; leave it out, and use the mod custom-script, or scripts in a mod.yaml';
  if (name.toLowerCase() === 'style') return 'is not taken; give it a class, and write rules for that in css';
  if (name.toLowerCase() === 'http-equiv')
    return 'speaks for the server, and may lead people elsewhere; leave it out';
  const known = [...ANYWHERE, ...(ATTRIBUTES[tag] ?? [])];
  if (!known.includes(name) && !FREE_NAME.test(name))
    return `is not an attribute that ${tag} may have here; use ${known.join(', ')}, data-… or aria-…`;
  if (name === 'href' || name === 'src') return addressFault(tag, value, knowsAssets);
  if (
    tag === 'link' &&
    name === 'rel' &&
    !(typeof value === 'string' && RELATIONS.includes(value.toLowerCase()))
  )
    return `must be ${RELATIONS.slice(0, -1).join(', ')} or ${RELATIONS.at(-1)}`;
  return undefined;
}

function addressFault(tag: string, value: string | boolean, knowsAssets: boolean): string | undefined {
  if (typeof value === 'string') {
    if (knowsAssets && tag !== 'a' && assetIn(value) !== undefined) return undefined;
    if (tag === 'a' ? isLinkTarget(value) || /^#[^\s\\]*$/.test(value) : isPageTarget(value))
      return undefined;
  }
  if (tag === 'a')
    return 'must be an address that begins with https:// or http://, a path such as ../gatehouse/account, #/ with a page of the client, or mailto: with an address';
  const orAsset = knowsAssets
    ? ', a path such as /web/favicon.ico, or asset: with a name of assets'
    : ', or a path such as /web/favicon.ico';
  return `must be an address that begins with https:// or http://${orAsset}`;
}
