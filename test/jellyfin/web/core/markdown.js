/* The little Markdown a login disclaimer needs; HTML goes through as it is and is sanitised afterwards. */
function renderMarkdown(source) {
  const blocks = source.replace(/\r\n?/g, '\n').split(/\n{2,}/);
  return blocks.map((block) => renderBlock(block.replace(/^\n+|\n+$/g, ''))).join('\n');
}

function renderBlock(block) {
  if (!block.trim()) return '';
  if (/^\s*<(?!https?:)(?:\/?[a-z][\w-]*|!--)[\s>/]/i.test(block) && !/^\s*<(a|b|i|em|strong|img|span|code|small)\b/i.test(block)) return block;
  const heading = /^(#{1,6})\s+(.*)$/.exec(block);
  if (heading) return `<h${heading[1].length}>${renderInline(heading[2])}</h${heading[1].length}>`;
  if (/^(-{3,}|\*{3,})$/.test(block)) return '<hr>';
  const lines = block.split('\n');
  if (lines.every((line) => /^\s*[-*+]\s+/.test(line))) return renderList('ul', lines, /^\s*[-*+]\s+/);
  if (lines.every((line) => /^\s*\d+[.)]\s+/.test(line))) return renderList('ol', lines, /^\s*\d+[.)]\s+/);
  if (lines.every((line) => line.startsWith('>'))) {
    return `<blockquote>${renderBlock(lines.map((line) => line.replace(/^>\s?/, '')).join('\n'))}</blockquote>`;
  }
  return `<p>${renderInline(block.replace(/(?: {2,}|\\)\n/g, '<br>'))}</p>`;
}

function renderList(tag, lines, marker) {
  return `<${tag}>${lines.map((line) => `<li>${renderInline(line.replace(marker, ''))}</li>`).join('')}</${tag}>`;
}

function renderInline(text) {
  let html = text
    .replace(/`([^`]+)`/g, (_, code) => `<code>${escapeHtml(code)}</code>`)
    .replace(/<(https?:\/\/[^\s>]+)>/g, '<a href="$1">$1</a>')
    .replace(/!\[([^\]]*)\]\(([^)\s]+)[^)]*\)/g, '<img src="$2" alt="$1">')
    .replace(/\[([^\]]+)\]\(([^)\s]+)[^)]*\)/g, '<a href="$2">$1</a>')
    .replace(/\*\*([^*]+)\*\*|__([^_]+)__/g, (_, a, b) => `<strong>${a ?? b}</strong>`)
    .replace(/(^|[\s(])\*([^*\s][^*]*)\*/g, '$1<em>$2</em>')
    .replace(/(^|[\s(])_([^_\s][^_]*)_/g, '$1<em>$2</em>');
  // Only 10.8's parser makes links of bare addresses.
  if (GENERATION === 8) html = html.replace(/(^|\s)(https?:\/\/[^\s<]+)/g, '$1<a href="$2">$2</a>');
  return html;
}
