/* body > .toastContainer > .toast, each gone after about 3.6 s (live A4). */
let toastContainer;

function toast(options) {
  if (!toastContainer) {
    toastContainer = document.createElement('div');
    toastContainer.className = 'toastContainer';
    document.body.appendChild(toastContainer);
  }
  const element = document.createElement('div');
  element.className = 'toast';
  element.textContent = typeof options === 'string' ? options : options.text;
  toastContainer.appendChild(element);
  setTimeout(() => {
    element.classList.add('toastVisible');
    setTimeout(() => {
      element.classList.add('toastHide');
      setTimeout(() => element.remove(), 300);
    }, 3300);
  }, 300);
}
