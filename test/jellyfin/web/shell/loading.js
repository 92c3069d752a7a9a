/* The spinner. */
const loading = {
  element: null,
  show() {
    if (!this.element) {
      this.element = document.createElement('div');
      this.element.className = 'docspinner mdl-spinner';
      document.body.appendChild(this.element);
    }
    this.element.classList.add('mdlSpinnerActive');
  },
  hide() {
    this.element?.classList.remove('mdlSpinnerActive');
  },
};
