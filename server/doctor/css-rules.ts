/** What takes an element out of sight. */
const HIDING =
  /(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*(?:0+(?:\.0*)?|\.0+)%?\s*(?:!|;|$)|content-visibility\s*:\s*hidden)/i;

/**
 * Tells whether a rule of a style sheet hides the elements of a class: one whose last part names it. Rules that come later
 * and show it again are not weighed. Reads as much as browsers would of a sheet that is broken; never throws.
 *
 * @param selector The class with its dot, letter case as it stands.
 */
export function hides(css: string, selector: string): boolean {
  // A rule is what stands before a block that has no block in it: so those within @media count too.
  const plain = css.replace(/\/\*[^*]*(?:\*(?!\/)[^*]*)*(?:\*\/|$)/g, ' ');
  let begin = 0;
  let selectors = '';
  for (let at = 0; at < plain.length; at += 1) {
    const sign = plain.charAt(at);
    if (sign === '{') selectors = plain.slice(begin, at);
    else if (sign === '}') {
      if (HIDING.test(plain.slice(begin, at)) && namesLast(selectors, selector)) return true;
      selectors = '';
    } else if (sign !== ';' || selectors !== '') continue;
    begin = at + 1;
  }
  return false;
}

function namesLast(selectors: string, wanted: string): boolean {
  const named = selectors.replace(/:not\([^()]*\)/g, '');
  return named.split(',').some((one) => {
    const last =
      one
        .trim()
        .split(/[\s>+~]+/)
        .at(-1) ?? '';
    const after = last.indexOf(wanted) < 0 ? undefined : last.slice(last.indexOf(wanted) + wanted.length);
    // Not a longer name, and not what stands before or behind the element.
    return after !== undefined && !/^[\w-]|::|:(?:before|after)\b/.test(after);
  });
}
