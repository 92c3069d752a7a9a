import { describe, expect, it } from 'vitest';
import { drawPlainPage } from '../../../injector/http/plain-page.ts';
import { drawParts, type PlainPart } from '../../../injector/http/plain-parts.ts';

const BAD = `"><script>alert('1')</script>&`;

const EVERY: readonly PlainPart[] = [
  { kind: 'paragraph', text: BAD },
  { kind: 'heading', text: BAD },
  { kind: 'list', items: [BAD] },
  { kind: 'folded', summary: BAD, items: [BAD] },
  { kind: 'link', label: BAD, href: BAD },
  {
    kind: 'form',
    action: BAD,
    hidden: { [BAD]: BAD },
    question: BAD,
    field: { name: BAD, label: BAD, value: BAD, hint: BAD, fault: BAD },
    buttons: [{ label: BAD, name: BAD, value: BAD }],
  },
];

describe('parts of a plain page', () => {
  it('show every text as text, wherever it stands', () => {
    const html = drawParts(EVERY);
    expect(html).not.toMatch(/<script|alert\('/);
    expect(html.match(/&#34;&#62;&#60;script&#62;/g)?.length).toBeGreaterThan(18);
  });

  it('never write a secret into its field', () => {
    const field = { name: 'key', label: 'Key', value: 's3cret', isSecret: true };
    const html = drawParts([{ kind: 'form', action: 'x', field, buttons: [{ label: 'Go' }] }]);
    expect(html).toContain('type="password"');
    expect(html).not.toContain('s3cret');
  });

  it('let a page send forms to its own server, and only where it has one', () => {
    const page = { language: 'en', title: 'T', sentences: [] };
    const form: PlainPart = { kind: 'form', action: 'x', buttons: [{ label: 'Go' }] };
    expect(drawPlainPage({ ...page, parts: [form] }).policy).toContain("form-action 'self'");
    const link: PlainPart = { kind: 'link', label: 'L', href: 'x' };
    expect(drawPlainPage({ ...page, parts: [link] }).policy).toContain("form-action 'none'");
  });
});
