import { h, render } from 'preact';
import { createApi } from './api.ts';
import { App } from './app.ts';
import { announceLanguage, loadStrings, pickLanguage } from './language.ts';
import { en } from './strings/en.ts';

/** Shows the page, in English where the words of the language cannot be had. */
async function start(root: HTMLElement): Promise<void> {
  const wanted = pickLanguage(navigator.languages);
  const strings = await loadStrings(wanted).catch(() => en);
  announceLanguage(document.documentElement, strings === en ? 'en' : wanted);
  root.textContent = '';
  render(h(App, { strings, api: createApi(window.fetch.bind(window)) }), root);
}

const root = document.getElementById('app');
if (root !== null) void start(root);
