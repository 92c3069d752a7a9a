/* Icon markup: the real client's class names; the pictures come from the style sheet. */
function icon(name, classes = '') {
  return `<span class="material-icons ${classes} ${name}" aria-hidden="true"></span>`.replace(/ +(?= |")/g, '');
}

function headerButton(name, picture, extra = '') {
  return `<button type="button" is="paper-icon-button-light" class="headerButton ${extra} ${name} hide">${icon(picture)}</button>`;
}
