import { h, render } from 'preact';
import { createAccountApi } from './account-api.ts';
import { createApi } from './api.ts';
import { App } from './app.ts';
import { announceLanguage, loadStrings, pickLanguage, preferredLanguages, speaking } from './language.ts';
import { en } from './strings/en.ts';

/** Shows the page, in English where the words of the language cannot be had. */
async function start(root: HTMLElement): Promise<void> {
  const preferred = preferredLanguages(window);
  const wanted = pickLanguage(preferred);
  const strings = await loadStrings(wanted).catch(() => en);
  announceLanguage(document.documentElement, strings === en ? 'en' : wanted);
  root.textContent = '';
  const fetch = speaking(window.fetch.bind(window), preferred);
  render(h(App, { strings, api: createApi(fetch), accountApi: createAccountApi(fetch) }), root);
}

const root = document.getElementById('app');
if (root !== null) void start(root);
