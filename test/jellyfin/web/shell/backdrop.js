/* The picture behind pages: .backdropContainer > .backdropImage, and .backgroundContainer.withBackdrop over it.
   Pages without a picture of their own take it away; a details page puts its own. */
const backdrop = {
  set(url) {
    const container = document.querySelector('.backdropContainer');
    const existing = container.querySelector('.displayingBackdropImage');
    if (existing?.dataset.url === url) return;
    const picture = new Image();
    picture.onload = () => {
      const image = document.createElement('div');
      image.className = 'backdropImage displayingBackdropImage backdropImageFadeIn';
      image.style.backgroundImage = `url('${url}')`;
      image.dataset.url = url;
      container.appendChild(image);
      image.addEventListener('animationend', () => existing?.remove(), { once: true });
      document.querySelector('.backgroundContainer').classList.add('withBackdrop');
    };
    picture.src = url;
  },

  clear() {
    document.querySelector('.backdropContainer').innerHTML = '';
    document.querySelector('.backgroundContainer').classList.remove('withBackdrop');
  },
};

/** Puts a picture behind an element once it is loaded. */
function lazyImage(element, url) {
  const picture = new Image();
  element.classList.add('lazy-hidden');
  picture.onload = () => {
    element.style.backgroundImage = `url('${url}')`;
    element.classList.add('lazy-image-fadein-fast');
    element.classList.remove('lazy-hidden');
  };
  picture.src = url;
}

function imageUrl(item, type, tag) {
  return ApiClient.getUrl(`Items/${item.Id}/Images/${type}`, { maxWidth: type === 'Backdrop' ? screen.width : null, tag });
}

document.addEventListener('pageshow', ({ target: page }) => {
  if (page instanceof Element && page.dataset.role === 'page' && !page.classList.contains('selfBackdropPage')) backdrop.clear();
});
