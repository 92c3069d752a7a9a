/* The live part of the demo's inbox: new messages come in on top, and each is shown as HTML or as text. */
const list = document.getElementById('letters');
const state = document.getElementById('state');
const arrived = document.getElementById('arrived');
const inSight = new IntersectionObserver((seen) => {
  if (seen.some(({ isIntersecting }) => isIntersecting)) arrived.hidden = true;
});
inSight.observe(document.getElementById('inbox'));

/** As high as what is in it, so that nothing of a message has to be scrolled for twice. */
function grow(frame) {
  const inside = frame.contentDocument?.documentElement;
  if (inside) frame.style.height = `${Math.ceil(inside.getBoundingClientRect().height) + 1}px`;
}

function watch(frame) {
  frame.addEventListener('load', () => grow(frame));
  grow(frame);
}

list.addEventListener('click', ({ target }) => {
  const button = target.closest('button[data-view]');
  if (button === null) return;
  const article = button.closest('article');
  for (const other of article.querySelectorAll('button[data-view]'))
    other.setAttribute('aria-pressed', String(other === button));
  // Not `src`: that would make an entry in the history of the tab.
  article.querySelector('iframe').contentWindow.location.replace(button.dataset.view);
});

/** Takes in what came since; `count` is how many messages there are. */
async function show(count) {
  const known = Number(list.dataset.count);
  if (count < known) {
    // The demo was started anew.
    list.textContent = '';
    list.dataset.count = '0';
    return show(count);
  }
  if (count === known) return;
  const answer = await fetch(`letters?after=${known}`);
  const holder = document.createElement('template');
  holder.innerHTML = await answer.text();
  const fresh = [...holder.content.querySelectorAll('iframe')];
  // More may have come in the meantime.
  const all = Number(answer.headers.get('Inbox-Count'));
  list.prepend(holder.content);
  list.dataset.count = String(all);
  fresh.forEach(watch);
  state.textContent =
    all - known === 1 ? 'A new message has arrived.' : `${all - known} new messages have arrived.`;
  document.title = `(${all}) Demo inbox`;
  // On a telephone the inbox is far below what to try.
  arrived.hidden = list.getBoundingClientRect().top < innerHeight;
  // A message may say that a password was changed.
  document.getElementById('people').innerHTML = await (await fetch('people')).text();
}

/** One after another: two that come at once must not both be taken in twice. */
let shown = Promise.resolve();

/** One request that stays open, and that the browser makes again by itself when the demo is back. */
const arrivals = new EventSource('arrivals');
arrivals.addEventListener('open', () => {
  if (state.dataset.ended) state.textContent = '';
  delete state.dataset.ended;
});
arrivals.addEventListener('message', ({ data }) => {
  // What fails has ended with the demo, and `error` says so.
  shown = shown.then(() => show(Number(data))).catch(() => undefined);
});
arrivals.addEventListener('error', () => {
  state.dataset.ended = 'true';
  state.textContent = 'The demo has ended. Start it again with npm run demo.';
});

document.querySelectorAll('iframe').forEach(watch);
window.addEventListener('resize', () => document.querySelectorAll('iframe').forEach(grow));
