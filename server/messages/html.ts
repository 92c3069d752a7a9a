const IS_HTML = Symbol('html');

/** Markup that is safe to put into markup; only `html` makes it. */
export interface Html {
  readonly [IS_HTML]: true;
  readonly markup: string;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Escapes what is put into a template, in text and in quoted attributes; Html is put in as it is. */
export function html(strings: TemplateStringsArray, ...values: readonly (string | Html)[]): Html {
  const markup = strings.reduce((all, piece, index) => {
    const value = values[index - 1] ?? '';
    return all + (typeof value === 'string' ? escapeHtml(value) : value.markup) + piece;
  });
  return { [IS_HTML]: true, markup };
}

/** Puts pieces one after the other. */
export function join(pieces: readonly Html[]): Html {
  return { [IS_HTML]: true, markup: pieces.map((piece) => piece.markup).join('') };
}

function escapeHtml(value: string): string {
  return value.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
}
