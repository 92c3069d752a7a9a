import { expect, test } from 'vitest';
import { html, join } from '../../../server/messages/layout.ts';

test('text is escaped, markup made by html is kept', () => {
  const inner = html`<b>${'<i>'}</b>`;
  expect(html`<p title="${'"&'}">${inner}${join([inner, inner])}</p>`.markup).toBe(
    '<p title="&quot;&amp;"><b>&lt;i&gt;</b><b>&lt;i&gt;</b><b>&lt;i&gt;</b></p>',
  );
});

test('text that holds template signs of ours stays text', () => {
  expect(html`${'$&$1'}`.markup).toBe('$&amp;$1');
});
