/** A field of a form. */
export interface PlainField {
  readonly name: string;
  readonly label: string;
  /** What stands in it; of a secret nothing ever does. @default nothing */
  readonly value?: string;
  /** @default false */
  readonly isSecret?: boolean;
  /** Said below it. @default nothing */
  readonly hint?: string | undefined;
  /** What is wrong with what was typed; said beside it. @default nothing */
  readonly fault?: string | undefined;
}

/** A button that sends its form, with `name=value` where it has one. */
export interface PlainButton {
  readonly label: string;
  readonly name?: string;
  readonly value?: string;
  /** @default false */
  readonly isMain?: boolean;
}

/** What a plain page may hold besides sentences. All of it is plain text, and is escaped. */
export type PlainPart =
  | { readonly kind: 'paragraph' | 'heading'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  /** A list that is folded behind its summary. */
  | { readonly kind: 'folded'; readonly summary: string; readonly items: readonly string[] }
  /** A link that looks like a button. `href` is ours, never a stranger's. */
  | { readonly kind: 'link'; readonly label: string; readonly href: string }
  | {
      /** A form that is sent by POST. */
      readonly kind: 'form';
      /** Where to, relative to the page. */
      readonly action: string;
      /** Fields that nobody sees. @default none */
      readonly hidden?: Readonly<Record<string, string>>;
      /** What its buttons answer, where it has no field. @default nothing */
      readonly question?: string;
      readonly field?: PlainField;
      readonly buttons: readonly PlainButton[];
    };

/** The look of parts, as of the same things in `ui/look/`. */
export const PARTS_STYLE = `
:root{--box:#242424;--box-line:#767676;--accent-strong:#33b6e3;--on-accent:#06141a;--plain:#2a2a2a;--bad:#ff8a80;--line:#3a3a3a}
@media (prefers-color-scheme:light){:root{--box:#fff;--box-line:#7d7d7d;--accent-strong:#005d80;--on-accent:#fff;--plain:#dedede;--bad:#b3261e;--line:#d2d2d2}}
h2{border-top:1px solid var(--line);font-size:1rem;font-weight:600;margin:1.6rem 0 .5rem;padding-top:1.2rem}
ul{color:var(--quiet);margin:0 0 1rem;padding-left:1.2rem}
li{margin-bottom:.3rem;white-space:pre-line}
p{white-space:pre-line}
details{color:var(--quiet);margin:1.4rem 0}
summary{cursor:pointer;min-height:1.5rem}
details ul{margin-top:.6rem}
form{margin:0 0 .8rem}
label,.question{color:var(--text);display:block;margin:0 0 .4rem}
input{-webkit-appearance:none;appearance:none;background:var(--box);border:1px solid var(--box-line);border-radius:.25rem;\
color:inherit;display:block;font:inherit;margin:0 0 .8rem;min-height:3.1rem;padding:.6rem .8rem;width:100%}
input:focus{border-color:var(--accent);box-shadow:0 0 0 1px var(--accent);outline:2px solid transparent}
input[aria-invalid]{border-color:var(--bad);box-shadow:0 0 0 1px var(--bad)}
.hint{font-size:.95rem}
.fault{color:var(--bad)}
.button{background:var(--plain);border:1px solid transparent;border-radius:.25rem;color:var(--text);cursor:pointer;display:block;\
font:inherit;font-weight:600;margin:0 0 .8rem;min-height:3.1rem;padding:.75rem 1rem;text-align:center;text-decoration:none;width:100%}
.main{background:var(--accent);color:var(--on-accent)}
.button:focus-visible,summary:focus-visible{outline:3px solid var(--accent-strong);outline-offset:3px}
@media (forced-colors:active){.button{border:1px solid}}`;

/** Makes text harmless in HTML, as content and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** Draws the parts in their order. */
export function drawParts(parts: readonly PlainPart[]): string {
  return parts.map(drawPart).join('\n');
}

function drawPart(part: PlainPart): string {
  switch (part.kind) {
    case 'paragraph':
      return `<p>${escapeHtml(part.text)}</p>`;
    case 'heading':
      return `<h2>${escapeHtml(part.text)}</h2>`;
    case 'list':
      return drawList(part.items);
    case 'folded':
      return `<details><summary>${escapeHtml(part.summary)}</summary>${drawList(part.items)}</details>`;
    case 'link':
      return `<a class="button main" href="${escapeHtml(part.href)}">${escapeHtml(part.label)}</a>`;
    case 'form': {
      const hidden = Object.entries(part.hidden ?? {}).map(
        ([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
      );
      const inside = [
        ...hidden,
        ...(part.question === undefined ? [] : [`<p class="question">${escapeHtml(part.question)}</p>`]),
        ...(part.field === undefined ? [] : [drawField(part.field)]),
        ...part.buttons.map(drawButton),
      ];
      return `<form method="post" action="${escapeHtml(part.action)}">\n${inside.join('\n')}\n</form>`;
    }
  }
}

function drawList(items: readonly string[]): string {
  return `<ul>\n${items.map((item) => `<li>${escapeHtml(item)}</li>`).join('\n')}\n</ul>`;
}

function drawField({ name, label, value = '', isSecret = false, hint, fault }: PlainField): string {
  const id = escapeHtml(name);
  const notes = [
    ...(fault === undefined ? [] : [{ id: `${id}-fault`, look: 'fault', text: fault }]),
    ...(hint === undefined ? [] : [{ id: `${id}-hint`, look: 'hint', text: hint }]),
  ];
  const described = notes.length === 0 ? '' : ` aria-describedby="${notes.map((note) => note.id).join(' ')}"`;
  const invalid = fault === undefined ? '' : ' aria-invalid="true"';
  const kind = isSecret ? 'type="password"' : `type="text" value="${escapeHtml(value)}"`;
  // Nothing but this answers the page, so the keyboard begins here.
  return `<label for="${id}">${escapeHtml(label)}</label>
${notes.map((note) => `<p class="${note.look}" id="${note.id}">${escapeHtml(note.text)}</p>\n`).join('')}\
<input id="${id}" name="${id}" ${kind}${described}${invalid} autofocus autocomplete="off" autocorrect="off" autocapitalize="none" spellcheck="false">`;
}

function drawButton({ label, name, value = '', isMain = false }: PlainButton): string {
  const sent = name === undefined ? '' : ` name="${escapeHtml(name)}" value="${escapeHtml(value)}"`;
  return `<button class="button${isMain ? ' main' : ''}" type="submit"${sent}>${escapeHtml(label)}</button>`;
}
