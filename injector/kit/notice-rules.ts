/**
 * The look of a notice that a part in the browser puts into a page: it stands in the page, moves nothing that is fixed, and
 * takes its colours from the theme, so that it is readable on light and dark ones.
 *
 * @param prefix First part of its class names, such as the name of the mod.
 */
export function noticeRules(prefix: string): string {
  return `.${prefix} { display: flex; align-items: flex-start; box-sizing: border-box; max-width: 60em; margin: 1em 3.3%; padding: 0.9em 1em; border-left: 0.25em solid #00a4dc; border-radius: 0.2em; background: rgba(0, 164, 220, 0.15); text-align: start; }
.${prefix}-body { flex: 1 1 auto; min-width: 0; white-space: pre-line; overflow-wrap: break-word; }
.${prefix}-body strong { display: block; margin-bottom: 0.3em; }
.${prefix}-close { flex: none; min-width: 2em; margin: -0.4em -0.4em -0.4em 0.6em; padding: 0.2em; border: 0; border-radius: 0.2em; background: transparent; color: inherit; font: inherit; font-size: 1.4em; line-height: 1.3; cursor: pointer; }
.${prefix}-close:focus, .${prefix}-close:hover { background: rgba(127, 127, 127, 0.4); outline: 0.1em solid currentColor; }`;
}
