import type { ClientData, ClientText } from './client-data.ts';
import type { PluginDependencies } from './client-mod.ts';
import type { ErrorBoundary } from './error-boundary.ts';

/** What the client hands over as a template: the text itself, or the module that holds it. */
interface TemplateModule {
  readonly default: string;
}

/** Where texts are shown. */
export interface TextPlace {
  readonly isPlain: boolean;
  /** True where a link would lead to a page that is refused: its address is said in its place. */
  readonly isFramed?: boolean;
  readonly gatehouseUrl: (page: string) => string;
}

/**
 * Says some of the client's texts differently, by standing in front of its two functions that look texts up. Both are
 * methods of one object that the whole client calls, on all versions.
 *
 * Promises: whatever goes wrong in here, the client's own function answers.
 *
 * `[words](gatehouse/page)` in a text becomes a link where the client shows HTML, elsewhere the words and the whole address.
 *
 * @param pick Chooses the words in the person's language; undefined leaves the text to the client.
 * @param place.isPlain True where dialogs may be plain text: nothing is then hidden or linked by markup.
 * @param place.gatehouseUrl Address of a page of ours, by what stands behind `/gatehouse/`.
 * Source: `lib/globalize/index.js` of jellyfin-web 10.8.13 to 12.0, seen in the running clients.
 */
export function overrideTexts(
  globalize: PluginDependencies['globalize'],
  strings: ClientData['strings'],
  pick: (text: ClientText) => string | undefined,
  guard: ErrorBoundary,
  place: TextPlace,
): void {
  // A Map, since televisions do not have `Object.hasOwn`.
  const byKey = new Map(Object.keys(strings).map((key) => [key, strings[key]]));
  const find = (key: unknown): ClientText | undefined =>
    typeof key === 'string' ? byKey.get(key) : undefined;
  const { translate, translateHtml } = globalize;
  const say = (found: ClientText): string | undefined => {
    const { isHtml, isOpening } = found;
    const text = pick(found);
    if (text === undefined) return undefined;
    if (!isHtml || place.isPlain) {
      const plain = text.replace(OWN_LINK, (_, words, page) => `${words} (${place.gatehouseUrl(page)})`);
      return isHtml ? toHtml(plain) : plain;
    }
    const html = toHtml(text).replace(OWN_LINK, (_, words, page) =>
      place.isFramed === true
        ? `${words} (${toHtml(place.gatehouseUrl(page))})`
        : `<a href="${toHtml(place.gatehouseUrl(page))}" style="color:inherit;text-decoration:underline">${words}</a>`,
    );
    return isOpening === true ? html + HIDE_THE_REST : html;
  };

  globalize.translate = function (this: unknown, key, ...values) {
    let own: string | undefined;
    guard(() => {
      const found = find(key);
      const said = found && say(found);
      if (said !== undefined) own = fill(said, values);
    })();
    return own === undefined ? translate.call(this, key, ...values) : own;
  };

  globalize.translateHtml = function (this: unknown, html, ...rest) {
    let template = html;
    guard(() => {
      const text = typeof html === 'string' ? html : (html as TemplateModule).default;
      template = text.replace(/\$\{(\w+)\}/g, (whole, key: string) => {
        const found = find(key);
        const text = found && pick(found);
        return text === undefined ? whole : toHtml(text);
      });
    })();
    return translateHtml.call(this, template, ...rest);
  };
}

/** A link to a page of ours, in a text of a mod: `[words](gatehouse/account)`. */
const OWN_LINK = /\[([^[\]]{1,100})\]\(gatehouse\/([a-z]{1,20})\)/g;

/** Never closed: the client's own cleaning of the dialog does so at its end. */
const HIDE_THE_REST = '<div hidden>';

/** `{0}` and so on, as the client fills them. */
function fill(text: string, values: readonly unknown[]): string {
  return values.reduce<string>(
    (filled, value, index) => filled.split(`{${index}}`).join(String(value)),
    text,
  );
}

/**
 * Plain text as HTML, in an element or an attribute. An ampersand that begins no character reference stays, because
 * old television sets show these texts in a plain alert. `$` goes, or the client would look for a key behind it.
 */
export function toHtml(text: string): string {
  return text
    .replace(/&(?=[#a-z])/gi, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/"/g, '&quot;')
    .replace(/\$(?=\{)/g, '&#36;')
    .replace(/\r?\n/g, '<br/>');
}
