/* The `is="emby-…"` elements, done by hand after HTML was inserted: labels of inputs, classes of buttons. */
function upgradeElements(container) {
  for (const input of container.querySelectorAll('input[is="emby-input"]')) {
    if (input.classList.contains('emby-input')) continue;
    input.classList.add('emby-input');
    const label = document.createElement('label');
    label.className = 'inputLabel inputLabelUnfocused inputLabel-float';
    label.htmlFor = input.id;
    label.textContent = input.getAttribute('label') || '';
    input.before(label);
    followFocus(input, label);
  }
  for (const box of container.querySelectorAll('input[is="emby-checkbox"]')) {
    if (box.classList.contains('emby-checkbox')) continue;
    box.classList.add('emby-checkbox');
    box.parentElement.classList.add('emby-checkbox-label');
    box.nextElementSibling?.classList.add('checkboxLabel');
    box.dataset.embycheckbox = 'true';
    const outline = '<span class="checkboxOutline">' + icon('check', 'checkboxIcon checkboxIcon-checked') + icon('', 'checkboxIcon checkboxIcon-unchecked') + '</span>';
    box.parentElement.insertAdjacentHTML('beforeend', outline);
  }
  for (const button of container.querySelectorAll('[is="emby-button"], [is="emby-linkbutton"]')) {
    button.classList.add('emby-button');
  }
  for (const button of container.querySelectorAll('[is="paper-icon-button-light"]')) {
    button.classList.add('paper-icon-button-light');
  }
}

function followFocus(input, label) {
  input.addEventListener('focus', () => label.classList.replace('inputLabelUnfocused', 'inputLabelFocused'));
  input.addEventListener('blur', () => label.classList.replace('inputLabelFocused', 'inputLabelUnfocused'));
}

/** An input as the React pages have it: no `is`, no `label` attribute. */
function reactInput(id, type, label, more = '') {
  return `<label for="${id}" class="inputLabel inputLabelUnfocused">${label}</label>
    <input id="${id}" class="emby-input" type="${type}" autocomplete="off"${more}>`;
}

function bindReactInputs(page) {
  for (const input of page.querySelectorAll('.emby-input:not([is])')) followFocus(input, input.previousElementSibling);
}

/* A link button brings its own click: 10.8's router never follows a changed hash by itself. */
document.addEventListener('click', (event) => {
  const link = event.target.closest?.('a[is="emby-linkbutton"], a.emby-button, a.MuiButtonBase-root');
  const href = link?.getAttribute('href') ?? '';
  if (!link || event.defaultPrevented || link.target === '_blank') return;
  if (href === '#' || href === '') {
    event.preventDefault();
  } else if (href.startsWith('#')) {
    event.preventDefault();
    appRouter.show(href);
  }
});
