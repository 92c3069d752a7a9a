import { h, render } from 'preact';
import { createApi } from './api.ts';
import { App } from './app.ts';
import { pickLanguage } from './language.ts';

const root = document.getElementById('app');
if (root !== null) {
  const { language, strings } = pickLanguage(navigator.languages);
  document.documentElement.lang = language;
  root.textContent = '';
  render(h(App, { strings, api: createApi(window.fetch.bind(window)) }), root);
}
