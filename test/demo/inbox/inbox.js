/* The live part of the demo's inbox: new messages come in on top, and each is shown as HTML or as text. */
const list = document.getElementById('letters');
const state = document.getElementById('state');

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

async function look() {
  const known = Number(list.dataset.count);
  const answer = await fetch(`letters?after=${known}`);
  const count = Number(answer.headers.get('Inbox-Count'));
  if (count < known) {
    // The demo was started anew.
    list.textContent = '';
    list.dataset.count = '0';
    return look();
  }
  if (count === known) return;
  const holder = document.createElement('template');
  holder.innerHTML = await answer.text();
  const fresh = [...holder.content.querySelectorAll('iframe')];
  list.prepend(holder.content);
  list.dataset.count = String(count);
  fresh.forEach(watch);
  state.textContent =
    count - known === 1 ? 'A new message has arrived.' : `${count - known} new messages have arrived.`;
  document.title = `(${count}) Demo inbox`;
}

async function goOn() {
  try {
    await look();
    if (state.dataset.ended) state.textContent = '';
    delete state.dataset.ended;
  } catch {
    state.dataset.ended = 'true';
    state.textContent = 'The demo has ended. Start it again with npm run demo.';
  }
  setTimeout(goOn, 1000);
}

document.querySelectorAll('iframe').forEach(watch);
window.addEventListener('resize', () => document.querySelectorAll('iframe').forEach(grow));
void goOn();
