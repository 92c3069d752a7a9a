/* The DOM events of a page (jellyfin-web.md i): each `viewX` is followed by `pageX`, all bubble. */
function dispatchViewEvent(view, name, detail, cancelable = false) {
  const notPrevented = view.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, cancelable }));
  view.dispatchEvent(new CustomEvent(name.replace('view', 'page'), { detail, bubbles: true }));
  return notPrevented;
}

function viewProperties(view) {
  return view.getAttribute('data-properties')?.split(',') ?? [];
}

function leavingDetail(view) {
  return { type: view.getAttribute('data-type'), properties: viewProperties(view) };
}

function arrivingDetail(view, { url, state, options = {} }, isRestored) {
  const params = Object.fromEntries(new URLSearchParams(url.slice(url.indexOf('?') + 1)));
  return { type: view.getAttribute('data-type'), properties: viewProperties(view), params, isRestored, state, options };
}
