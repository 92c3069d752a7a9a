import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { LANGUAGES } from '../../../injector/kit/translations.ts';
import type { AccountApi } from '../../account-api.ts';
import { html } from '../../html.ts';
import { button } from '../../parts/button.ts';
import type { Strings } from '../../strings/en.ts';
import type { Change } from './account-state.ts';

/** The part of the overview about the language of messages. */
export interface LanguageChoiceProps {
  readonly strings: Strings;
  /** The one that was chosen; undefined: none. */
  readonly language: string | undefined;
  readonly work: string | undefined;
  readonly accountApi: Pick<AccountApi, 'setLanguage'>;
  readonly change: Change;
  /** What is to be said of the last change. */
  readonly told: VNode | undefined;
}

/** What a language calls itself; its tag where the browser does not know. */
function ownName(tag: string): string {
  try {
    return new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag;
  } catch {
    // A browser older than Intl.DisplayNames, or a tag that is none.
    return tag;
  }
}

/** The languages to choose from by their own names; the chosen one is among them, whatever it is. */
function choices(chosen: string | undefined): { readonly tag: string; readonly name: string }[] {
  const tags: readonly string[] = LANGUAGES;
  const all = chosen === undefined || tags.includes(chosen) ? tags : [...tags, chosen];
  return all
    .map((tag) => ({ tag, name: ownName(tag) }))
    .sort((one, other) => one.name.localeCompare(other.name));
}

/** Lets the person choose the language of messages. Nothing is saved before the button is pressed: arrows change a choice. */
export function LanguageChoice(props: LanguageChoiceProps): VNode {
  const { strings, language, work, accountApi, change, told } = props;
  const words = strings.myAccount.language;
  const [chosen, setChosen] = useState(language ?? '');

  function submit(event: Event): void {
    event.preventDefault();
    change('language', 'language', 'language', () =>
      accountApi.setLanguage({ language: chosen === '' ? null : chosen }),
    );
  }

  return html`<section aria-labelledby="language-title">
    <h2 id="language-title">${words.title}</h2>
    ${told}
    <form method="post" onSubmit=${submit}>
      <div class="field">
        <label for="language">${words.label}</label>
        <select
          id="language"
          name="language"
          onChange=${(event: Event) => setChosen((event.currentTarget as HTMLSelectElement).value)}
        >
          <option value="" selected=${chosen === ''}>${words.browser}</option>
          ${choices(language).map(
            ({ tag, name }) =>
              html`<option key=${tag} value=${tag} lang=${tag} selected=${chosen === tag}>${name}</option>`,
          )}
        </select>
      </div>
      ${button({ label: words.submit, isMain: false, isWorking: work === 'language' })}
    </form>
  </section>`;
}
