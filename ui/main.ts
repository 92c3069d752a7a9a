import { h, render } from 'preact';
import { createAccountApi } from './account-api.ts';
import { createApi } from './api.ts';
import { App } from './app.ts';
import { directionOf, pickLanguage } from './language.ts';

const root = document.getElementById('app');
if (root !== null) {
  const { language, strings } = pickLanguage(navigator.languages);
  document.documentElement.lang = language;
  document.documentElement.dir = directionOf(language);
  root.textContent = '';
  const fetch = window.fetch.bind(window);
  render(h(App, { strings, api: createApi(fetch), accountApi: createAccountApi(fetch) }), root);
}
