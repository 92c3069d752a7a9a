/* HTML from outside, cleaned before it is shown: keeps b, a, img, style, form and input as the real one does,
   drops scripts, frames, handlers, `target` and script addresses (jellyfin-web.md a, last paragraphs). */
const FORBIDDEN_TAGS = 'script,iframe,frame,object,embed,base,link,meta,noscript,template,title,foreignObject';
const SAFE_ADDRESS = /^(?:(?:https?|mailto|tel|callto|cid|xmpp):|[^a-z]|[a-z+.-]+(?:[^a-z+.\-:]|$))/i;
const SAFE_ADDRESS_12 = /^(?:(?:https?|mailto|tel|callto|cid|xmpp|matrix|tg|whatsapp|signal|ircs?):|[^a-z]|[a-z+.-]+(?:[^a-z+.\-:]|$))/i;
const ADDRESS_ATTRIBUTES = ['href', 'src', 'action', 'formaction', 'xlink:href'];

function sanitize(html, { wideAddresses = false } = {}) {
  const safe = wideAddresses ? SAFE_ADDRESS_12 : SAFE_ADDRESS;
  const { body } = new DOMParser().parseFromString(`<body>${html}`, 'text/html');
  for (const element of body.querySelectorAll(FORBIDDEN_TAGS)) element.remove();
  for (const element of body.querySelectorAll('*')) {
    for (const { name, value } of [...element.attributes]) {
      const address = value.replace(/[\s\u0000-\u0020]/g, '');
      const isImageData = name === 'src' && /^data:image\//i.test(address);
      if (/^on/i.test(name) || name === 'target' || name === 'is') element.removeAttribute(name);
      else if (ADDRESS_ATTRIBUTES.includes(name) && !safe.test(address) && !isImageData) element.removeAttribute(name);
    }
  }
  return body.innerHTML;
}

function escapeHtml(text) {
  return String(text).replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
